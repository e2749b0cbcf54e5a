import type { SettingName } from '../settings.ts'

/** What each setting means, in Persian, for the admins' page. */
export const SETTING_TEXTS = {
  PORT: 'درگاه شبکه',
  HOST: 'نشانی شبکه‌ای که سامانه روی آن گوش می‌دهد',
  SITE_URL: 'نشانی همگانی سایت؛ خالی یعنی همان نشانی شبکه',
  SITE_NAME: 'نام رسانه نزد خوانندگان',
  DATA_DIR: 'پوشهٔ داده‌ها',
  MONGODB_URI: 'پایگاه دادهٔ بیرونی؛ خالی یعنی انبارهٔ درونی',
  WORKERS: 'شمار پردازه‌های وب',
  CAPTCHA: 'تصویر امنیتی: همیشه، بسته به خواننده، خاموش',
  LIMITS: 'محدودیت‌ها و کمینهٔ زمان‌ها؛ خاموش تنها برای آزمون بار',
  DEMO: 'مطالب نمایشی در نخستین راه‌اندازی',
  TRUST_PROXY: 'واسطه‌هایی که به سرآیندهایشان اعتماد می‌شود',
  LOG_LEVEL: 'کمترین شدت رویدادهای ثبت‌شده',
  MAIL_URL: 'کارساز نامه به خوانندگان؛ خالی یعنی نامه‌ای فرستاده نمی‌شود',
  MAIL_FROM: 'فرستندهٔ نامه‌ها',
  METRICS_TOKEN: 'رمز خواندن سنجه‌ها از دستگاه‌های دیگر',
} as const satisfies Record<SettingName, string>

const SECRETS: ReadonlySet<SettingName> = new Set(['MONGODB_URI', 'MAIL_URL', 'METRICS_TOKEN'])

/** A setting's value as the page may show it: of secrets only whether they are set. */
export function valueShown(name: SettingName, value: unknown): string {
  const text = String(value)
  return text !== '' && SECRETS.has(name) ? '••••' : text
}
