/** A moment as CloudAPI writes it: `2016-08-01T06:53:02Z`. */
export function written(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}/, '');
}
