import type { About } from '../findings/outcome.js';
import type { Gateway } from '../model/gateway.js';

/** What a report calls a gateway: its name, or its id where it has none. */
export function gatewayName({ name, id }: Gateway): string {
  return name || id;
}

/** An outcome about a gateway, or about a part of it: `gateway orders`, `domain api.example.com`. */
export function aboutGateway(gateway: Gateway, part?: string): About {
  const name = gatewayName(gateway);
  return { subject: part ?? `gateway ${name}`, integration: name };
}
