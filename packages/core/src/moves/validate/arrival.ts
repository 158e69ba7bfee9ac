/** Where calls to an address arrive: a network, or what is behind a gateway out of the snapshot. */
export interface Arrival {
  readonly kind: 'network' | 'behind';
  readonly id: string;
}

/** What has an address where calls to it arrive, as far as the snapshot shows it. */
export interface Holder {
  readonly at: Arrival;
  readonly resource?: string | undefined;
}

/** `vpc-1`, `behind vgw-1`. */
export function arrivalText({ kind, id }: Arrival): string {
  return kind === 'network' ? id : `behind ${id}`;
}

/** `i-1 has 10.0.0.7`. */
export function holderText(address: string, { at, resource }: Holder): string {
  if (at.kind === 'behind') return `${address} is a machine ${arrivalText(at)}`;
  return resource === undefined ? `no interface in the snapshot has ${address}` : `${resource} has ${address}`;
}
