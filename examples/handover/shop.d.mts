import type { Call, Network } from '../tour/network-alibaba.mjs';

export interface Shop {
  group: string;
  apis: Record<string, string>;
  vpc: string;
  server: string;
}
export const HOST: string;
export function buildShop(
  call: Call,
  network: Network,
  tell: (kind: string, id: string, what: string) => void,
): Promise<Shop>;
export function mend(call: Call, shop: Shop): Promise<void>;
export function setOnline(call: Call, shop: Shop, isOnline: boolean): Promise<void>;
