import {
  InvalidInputError,
  isPosternError,
  PosternError,
  simulatorAt,
  type Simulator,
} from '@postern/core/internal/library';
import { loopbackOrigin } from '@postern/core/internal/adapter';
import type { Io } from '../process/io.js';

/**
 * The simulator that `POSTERN_SIMULATOR` names, if it is set. Only this machine's loopback addresses are
 * accepted, so that a forgotten variable cannot send real specs to another host. An empty value is refused:
 * a script whose own variable is unset would call the real cloud.
 * @throws {InvalidInputError} `INVALID_INPUT` for any other address, and for none. {PosternError}
 * `ENDPOINT_UNREACHABLE`, `BAD_RESPONSE`.
 */
export async function findSimulator(io: Io): Promise<Simulator | undefined> {
  const text = io.env['POSTERN_SIMULATOR'];
  if (text === undefined) return undefined;

  const url = loopbackOrigin(text);
  if (url === undefined) throw notLoopback(text);

  io.stderr.write(`*** SIMULATOR: every call goes to ${url}, none to a cloud ***\n`);
  try {
    return await simulatorAt(url);
  } catch (error) {
    if (!isPosternError(error, 'ENDPOINT_UNREACHABLE')) throw error;

    const remedy = 'Start it with `postern simulate`, or unset POSTERN_SIMULATOR.';
    throw new PosternError(error.code, error.message, { cause: error.cause, remedy });
  }
}

function notLoopback(text: string): InvalidInputError {
  const whole = `http://${text}`;
  const lacksScheme = !text.includes('//') && loopbackOrigin(whole) !== undefined;
  const message =
    text === ''
      ? 'POSTERN_SIMULATOR is empty'
      : `POSTERN_SIMULATOR ${lacksScheme ? 'lacks http://' : 'is not an address of this machine'}`;
  const remedy = `Write ${lacksScheme ? whole : 'it as in http://127.0.0.1:4010'}, or unset it.`;
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
