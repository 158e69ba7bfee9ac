import { OPTIONS } from '../../do/kinds/options/option-table.js';
import type { OptionTraits } from '../../do/kinds/options/option.js';
import type { NeededService } from '../needs/needs.js';

/** Services with WebSocket connections, and the option that serves them beside one for requests. */
export interface Split {
  readonly option: OptionTraits;
  readonly sockets: readonly NeededService[];
  readonly requests: readonly NeededService[];
}

/**
 * How needs with both connections and requests are split, where an option serves requests only. Undefined: all services
 * need the same, the option serves both, or it is the one for connections.
 */
export function splitOf({ protocols, provider }: OptionTraits, services: readonly NeededService[]): Split | undefined {
  if (protocols.websocket !== 'no') return undefined;
  const sockets = services.filter(({ protocol }) => protocol === 'websocket');
  const requests = services.filter(({ protocol }) => protocol !== 'websocket');
  const option = OPTIONS.find((one) => one.provider === provider && one.protocols.websocket === 'yes');
  if (option === undefined || sockets.length === 0 || requests.length === 0) return undefined;
  return { option, sockets, requests };
}
