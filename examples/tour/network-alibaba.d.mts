export type Product = 'vpc' | 'ecs' | 'slb' | 'cloudapi' | 'alidns';
export type Call = (product: Product, action: string, parameters?: object) => Promise<Record<string, unknown>>;
export interface Network {
  vpc: string;
  subnets: string[];
  groups: string[];
  server: string;
  balancer: string;
  group: string;
}
export function client(config: {
  endpoint: string;
  region: string;
  accessKeyId: string;
  accessKeySecret: string;
}): Call;
export function buildNetwork(call: Call, tell: (kind: string, id: string, what: string) => void): Promise<Network>;
export function removeNetwork(call: Call, network: Network): Promise<void>;
export function until(done: () => Promise<boolean>): Promise<void>;
export function again<T>(work: () => Promise<T>): Promise<T>;
