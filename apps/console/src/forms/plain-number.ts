/**
 * A number as people and spreadsheets write it for reading, as the parser wants it. It guesses nothing: only separators of thousands and
 * widths go, so that 1,234.5 is understood and 12,34 is not.
 */
export function plainNumber(from: string): string {
  const narrow = from
    .normalize('NFKC')
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\s/g, '')
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(narrow) ? narrow.replaceAll(',', '') : narrow
}
