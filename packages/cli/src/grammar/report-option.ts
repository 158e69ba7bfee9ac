import { InvalidArgumentError } from 'commander';
import type { OptionDescription } from './description.js';

/** The forms of a report of findings. */
export type ReportFormat = 'text' | 'json' | 'sarif' | 'junit' | 'md' | 'html';

/** A report that is written to a file: `sarif=a.sarif`. */
export interface NamedReport<F extends ReportFormat = ReportFormat> {
  readonly format: F;
  readonly file: string;
}

/** `--report`, in formats that a command has. */
export function reportOption(...formats: readonly ReportFormat[]): OptionDescription {
  return {
    flags: '--report <format=file>',
    description: `also write the report in this format to this file: ${formats.join(', ')} (repeatable)`,
    parse: (text, before) => namedReports(text, before, formats),
    writes: true,
  };
}

function namedReports(text: string, before: unknown, formats: readonly ReportFormat[]): readonly NamedReport[] {
  const [, name, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  const format = formats.find((one) => one === name);
  if (format === undefined || file === undefined || file === '-')
    throw new InvalidArgumentError(`Write FORMAT=FILE. Formats are ${formats.join(', ')}.`);
  const given = (before as readonly NamedReport[] | undefined) ?? [];
  if (given.some((one) => one.file === file)) throw new InvalidArgumentError('Each report needs a file of its own.');
  return [...given, { format, file }];
}
