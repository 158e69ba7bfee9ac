import { newAccount as newNetwork, type Refusal } from '../load-balancing/account.js';

type Row = Readonly<Record<string, any>>;

/** Long enough for every operation. */
export const LATER = 60_000;

/** One simulated account on manual time, with access to Cloud Map. */
export function newAccount(options: Parameters<typeof newNetwork>[0] = {}) {
  const account = newNetwork(options);
  const map = (operation: string, input: Row = {}): any => account.call('servicediscovery', operation, input);
  const operation = (id: string): Row => map('GetOperation', { OperationId: id }).Operation;
  /** Starts an operation and waits until it is complete. */
  const settle = async (name: string, input: Row): Promise<Row> => {
    const { OperationId } = map(name, input);
    await account.advance(LATER);
    return operation(OperationId);
  };
  return {
    ...account,
    map,
    answer: (operation: string, input: Row, service: any = 'servicediscovery') =>
      account.call(service, operation, input),
    operation,
    settle,
    refusal: (name: string, input: Row = {}): Refusal => account.refusalOf('servicediscovery', name, input),
    /** A namespace that exists; returns its ID. */
    async namespace(kind: 'Http' | 'PrivateDns' = 'PrivateDns', name = 'shop.internal'): Promise<string> {
      const place = kind === 'PrivateDns' ? { Vpc: account.vpcId } : {};
      const { Targets } = await settle(`Create${kind}Namespace`, { Name: name, ...place });
      return Targets.NAMESPACE;
    },
    service(NamespaceId: string, input: Row = {}): Row {
      return map('CreateService', { Name: 'orders', NamespaceId, ...input }).Service;
    },
  };
}

export type Account = ReturnType<typeof newAccount>;

/** DNS settings with records of these types. */
export const records = (...types: string[]): Row => ({
  DnsConfig: { DnsRecords: types.map((Type) => ({ Type, TTL: 10 })) },
});
export const WEIGHTED: Row = { DnsConfig: { RoutingPolicy: 'WEIGHTED', DnsRecords: [{ Type: 'CNAME', TTL: 10 }] } };
