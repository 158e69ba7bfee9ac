import { ServiceError } from '../../operation/service-error.js';
import { badRequest } from '../words.js';

/** What an import could not do. */
export interface ImportReport {
  readonly errors: string[];
  readonly warnings: string[];
}

/**
 * Does a part of an import. If it is refused, the refusal is an error of the whole import, and undefined is returned.
 * What is not simulated refuses the import at once.
 * @param what the beginning of the error: `Unable to put method 'GET' on resource at path '/'`
 */
export function attempt<T>(report: ImportReport, what: string, part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    if (!(error instanceof ServiceError) || error.status === 501) throw error;
    report.errors.push(`${what}: ${error.message}`);
    return undefined;
  }
}

/**
 * Refuses an import with errors, or with warnings if the caller wants that.
 * @see https://github.com/ustayready/fireprox/issues/37
 * @see https://github.com/amazon-archives/aws-apigateway-importer/issues/202 (errors and warnings)
 * @throws {ServiceError} BadRequestException
 */
export function checkReport({ errors, warnings }: ImportReport, failOnWarnings: boolean): void {
  const lines = (rows: readonly string[]) => rows.map((row) => `\n\t${row}`).join('');
  if (errors.length > 0) {
    const more = warnings.length > 0 ? `\nAdditionally, these warnings were found:${lines(warnings)}` : '';
    throw badRequest(`Errors found during import:${lines(errors)}${more}`);
  }
  if (failOnWarnings && warnings.length > 0) throw badRequest(`Warnings found during import:${lines(warnings)}`);
}
