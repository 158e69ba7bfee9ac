import { aboutThings, thing, type About, type Subject } from '../../do/findings/subject.js';
import type { Gateway } from '../../do/model/gateway.js';

/** The name of a gateway in reports: its own name, or its ID if it has none. */
export function gatewayName({ name, id }: Gateway): string {
  return name || id;
}

/** An outcome about a gateway, or about parts of it: `gateway orders`, `domain api.example.com`. */
export function aboutGateway(gateway: Gateway, ...parts: readonly Subject[]): About {
  const name = gatewayName(gateway);
  return aboutThings(name, ...(parts.length === 0 ? [thing('gateway', name)] : parts));
}
