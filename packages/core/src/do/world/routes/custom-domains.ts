import type { CustomDomain, DomainMapping } from '../../model/custom-domain.js';
import type { Gateway } from '../../model/gateway.js';

/** A mapping with the domain that it belongs to. */
export interface Lead {
  readonly domain: CustomDomain;
  readonly mapping: DomainMapping;
}

/** The mappings that lead to a gateway. */
export function leadsTo(domains: readonly CustomDomain[], gatewayId: string): readonly Lead[] {
  return domains.flatMap((domain) =>
    (domain.mappings ?? []).flatMap((mapping) => (mapping.gatewayId === gatewayId ? [{ domain, mapping }] : [])),
  );
}

/**
 * Where a call leads to: the mapping with the longest base path that is a part of its path, by whole segments. A domain with that
 * name comes before one with a wildcard, which stands for one label. Undefined: no domain, or no mapping.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export function leadOf(domains: readonly CustomDomain[], host: string, path: string): Lead | undefined {
  const name = host.toLowerCase();
  const [label = ''] = name.split('.', 1);
  const wildcard = `*${name.slice(label.length)}`;
  const named = (wanted: string) => domains.find(({ id }) => id.toLowerCase() === wanted);
  const domain = named(name) ?? named(wildcard);
  const [plain = ''] = path.split('?', 1);
  const fits = (base: string): boolean => base === '' || `${plain}/`.startsWith(`/${base}/`);
  const [longest] = (domain?.mappings ?? [])
    .filter((mapping) => fits(mapping.path))
    .toSorted((a, b) => b.path.length - a.path.length);
  return domain === undefined || longest === undefined ? undefined : { domain, mapping: longest };
}

/** An address of a path of a gateway by a custom domain. */
export interface NamedAddress {
  /** `https://api.example.com/orders/v1/items`. */
  readonly address: string;
  /** Undefined: each call names it. */
  readonly stage?: string | undefined;
  /** Whether callers must have a certificate. */
  readonly mutualTls: boolean;
}

/**
 * The addresses by which callers reach a path of a gateway over custom domains. One that another mapping of the domain takes is missing,
 * and so is one whose domain is not usable. Variables of the path are kept.
 */
export function namedAddresses(
  domains: readonly CustomDomain[],
  { id, settings }: Pick<Gateway, 'id' | 'settings'>,
  path: string,
): readonly NamedAddress[] {
  const below = `${(settings?.basePath ?? '').replace(/\/+$/, '')}${path}`;
  return leadsTo(domains, id).flatMap(({ domain, mapping }) => {
    const whole = `${mapping.path === '' ? '' : `/${mapping.path}`}${below}`;
    if (domain.usable === false || domain.hasRules === true) return [];
    if (leadOf([domain], domain.id, whole)?.mapping !== mapping) return [];
    const { mutualTls = false } = domain;
    return [{ address: `https://${domain.id}${whole}`, stage: mapping.stage, mutualTls }];
  });
}
