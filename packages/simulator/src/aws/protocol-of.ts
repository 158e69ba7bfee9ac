import type { ServiceName } from './operation/service-name.js';
import { SERVICES } from './service-table.js';
import type { Protocol } from './protocols/protocol.js';
import { serviceModel } from './service-model.js';

const protocols = new Map<ServiceName, Promise<Protocol>>();

/** A service's protocol, made on first use: the SDK's package with its schemas is loaded then. */
export function protocolOf(service: ServiceName): Promise<Protocol> {
  let protocol = protocols.get(service);
  if (!protocol) {
    protocol = serviceModel(service).then(SERVICES[service].protocol);
    protocols.set(service, protocol);
  }
  return protocol;
}
