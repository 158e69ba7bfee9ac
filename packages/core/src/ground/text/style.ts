/** The role of a piece of text, which determines its color. */
export type Style = 'error' | 'warning' | 'note' | 'unknown' | 'pass' | 'heading' | 'quiet' | 'remedy';

export interface ReportTextOptions {
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
  /** Columns to fill; 100 by default. */
  readonly width?: number | undefined;
  /** Colors a piece of text; the default leaves it unchanged. It must not change its length in columns. */
  readonly paint?: ((style: Style, text: string) => string) | undefined;
}
