/** A number with so many significant digits, and no more than it has. */
export function number(value: number | null | undefined, digits = 6): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  return Number(value.toPrecision(digits)).toString();
}

export const percent = (value: number | null | undefined, decimals = 3): string =>
  value === null || value === undefined ? '–' : `${(100 * value).toFixed(decimals)} %`;
