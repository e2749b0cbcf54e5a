export {
  dayBounds,
  daysInMonth,
  fromJalali,
  isJalaliDay,
  type JalaliDay,
  type JalaliMoment,
  jalaliOf,
  monthBounds,
  stepDays,
  yearBounds,
} from './jalali.ts'
export { JALALI_MONTHS, WEEKDAYS } from './names.ts'
export { parseJalali } from './parse.ts'
export {
  formatDate,
  formatDayAndMonth,
  formatFullDate,
  formatGregorian,
  formatHijri,
  formatHour,
  formatMoment,
  formatRelative,
  formatShort,
} from './show.ts'
