import type { PlannerOption } from '../cloud/option.js';
import type { NeededService } from '../needs/needs.js';

/** Services with WebSocket connections, and the option that serves them beside one for requests. */
export interface Split {
  readonly option: PlannerOption;
  readonly sockets: readonly NeededService[];
  readonly requests: readonly NeededService[];
}

/**
 * How needs with both connections and requests are split, where an option serves requests only. Undefined: all services
 * need the same, the option serves both, or it is the one for connections. `all`: the options of its cloud.
 */
export function splitOf(
  { protocols }: PlannerOption,
  all: readonly PlannerOption[],
  services: readonly NeededService[],
): Split | undefined {
  if (protocols.websocket !== 'no') return undefined;
  const sockets = services.filter(({ protocol }) => protocol === 'websocket');
  const requests = services.filter(({ protocol }) => protocol !== 'websocket');
  const option = all.find((one) => one.protocols.websocket === 'yes');
  if (option === undefined || sockets.length === 0 || requests.length === 0) return undefined;
  return { option, sockets, requests };
}
