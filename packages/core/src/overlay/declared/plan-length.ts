import { refuseTooLong } from '../../decode/scan-json.js';

/** The longest plan of a tool that is read, in UTF-16 code units: plans repeat the whole state. */
export const MAX_PLAN_LENGTH = 256 * 1024 * 1024;

/** Refuses a text before anything of it is looked at. @throws {InvalidInputError} `INPUT_TOO_LARGE` */
export function refuseLongPlan(text: string, file: string | undefined): void {
  refuseTooLong(text, MAX_PLAN_LENGTH, file);
}
