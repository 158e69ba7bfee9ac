import { checkArgument } from '../../do/forms/check-argument.js';
import { memberOf } from '../../do/forms/values.js';
import { snapshotArgument } from '../../do/snapshot/snapshot-argument.js';

const optionsArgument = memberOf<{ readonly clouds: unknown }>('{ clouds }', ['clouds']);

/** Refuses arguments that a program without types lacks; the request is read by its own rules. @throws {InvalidInputError} `INVALID_INPUT` */
export function requireGiven(call: string, snapshot: unknown, options: unknown): void {
  checkArgument(call, 'snapshot', snapshotArgument, snapshot);
  checkArgument(call, 'options', optionsArgument, options);
}
