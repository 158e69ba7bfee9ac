import { checkArgument } from '../../do/forms/check-argument.js';
import { memberOf } from '../../do/forms/values.js';
import type { Report } from '../../do/findings/finding.js';

const reportArgument = memberOf<Report>('what check() returned', ['version', 'findings', 'gaps']);

/** Refuses what a program without types gives in place of a report. @throws {InvalidInputError} `INVALID_INPUT` */
export function requireReport(call: string, report: unknown): void {
  checkArgument(call, 'report', reportArgument, report);
}
