/** What a piece of text is, for whoever colours it. */
export type Style = 'error' | 'warning' | 'note' | 'unknown' | 'pass' | 'heading' | 'quiet' | 'remedy';

export interface ReportTextOptions {
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
  /** Columns to fill; 100 by default. */
  readonly width?: number | undefined;
  /** Colours a piece of text; by default it stays as it is. It must not change its length in columns. */
  readonly paint?: ((style: Style, text: string) => string) | undefined;
}
