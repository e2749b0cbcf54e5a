const PERSIAN_ZERO = 0x06f0
const ARABIC_ZERO = 0x0660

/** The same text with every Latin and Arabic-Indic digit as a Persian one, for people to read. */
export function toPersianDigits(value: string | number): string {
  return String(value).replace(/[0-9٠-٩]/g, (digit) => {
    const code = digit.charCodeAt(0)
    return String.fromCharCode(PERSIAN_ZERO + (code >= ARABIC_ZERO ? code - ARABIC_ZERO : code - 0x30))
  })
}

/** The same text with every Persian and Arabic-Indic digit as a Latin one, for machines to read. */
export function toLatinDigits(value: string): string {
  return value.replace(/[۰-۹٠-٩]/g, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code >= PERSIAN_ZERO ? code - PERSIAN_ZERO : code - ARABIC_ZERO)
  })
}
