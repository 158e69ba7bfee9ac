import { placeKey, type Place } from '../../model/product.js';
import type { GatewayRef } from '../../model/reference.js';

/** What a gateway is known by in all accounts and regions. */
export function gatewayKeyOf({ gateway, region }: { readonly gateway: GatewayRef; readonly region: Place }): string {
  return `${placeKey(region)} ${gateway.kind} ${gateway.id}`;
}
