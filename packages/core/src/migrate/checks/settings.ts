import { aboutGateway, gatewayName } from '../about-gateway.js';
import type { CheckInput, Missing, Outcome } from '../../checks/check.js';
import type { Severity } from '../../checks/finding.js';
import { fails, holds, unsure } from '../../checks/words/outcome.js';
import type { GatewayDomain } from '../../model/gateway.js';
import type { LinkSettings } from '../../model/link.js';
import type { MigrationCheck, MigrationInput } from '../migration-input.js';
import { unreadSettings, untold } from '../unread-settings.js';

/** `migrate/https-policy`. */
export const migrateHttpsPolicy: MigrationCheck = {
  id: 'migrate/https-policy',
  title: "The gateway's HTTPS policy stays as it is",
  severity: 'warning',
  about:
    "The move overwrites the gateway's HTTPS policy with the target instance's, without a word: callers with old TLS may be refused, or let in. ModifyApiGroupNetworkPolicy puts " +
    'it back.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  run: (input) =>
    overwritten(input, 'HTTPS policy', input.gateway.settings?.httpsPolicy, input.to.link?.settings?.httpsPolicy, {
      remedy: 'Set it again with ModifyApiGroupNetworkPolicy after the move, or change the instance before it.',
    }),
};

/** `migrate/rate`. */
export const migrateRate: MigrationCheck = {
  id: 'migrate/rate',
  title: 'The gateway may be called as often as before',
  severity: 'warning',
  about:
    "The move overwrites the gateway's own limit of requests per second with what the target instance gives. A limit that was raised for this group needs a ticket to be raised again.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway, to } = input;
    const [old, next] = [gateway.settings?.requestsPerSecond, to.link?.settings?.requestsPerSecond];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield unsure(
        about,
        'the gateway may be called as often as before',
        unknownSetting(input, 'the limit of requests', old),
      );
      return;
    }
    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `${old} requests per second` },
      { kind: 'link', id: to.link?.id ?? '', text: `${next} requests per second, for all its groups together` },
    ];
    if (next >= old) {
      yield holds(check, about, () => ({ message: `${next} requests per second, ${old} before`, evidence }));
      return;
    }
    yield fails(about, {
      message: `the limit falls from ${old} to ${next} requests per second`,
      evidence,
      remedy:
        'Choose an instance of a larger spec, or ask for the old limit with a ticket before the move: no call sets it.',
    });
  },
};

/** `migrate/domains`. */
export const migrateDomains: MigrationCheck = {
  id: 'migrate/domains',
  title: 'The target instance has every kind of domain that the gateway is called by',
  severity: 'error',
  about:
    'A group that is called by its VPC domain or its intranet domain needs a target instance that has these enabled, for the VPC of the same callers; otherwise the name ' +
    'leads nowhere after the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    'https://www.alibabacloud.com/help/doc-detail/182996',
  ],
  *run(input) {
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield unsure(
        aboutGateway(input.gateway),
        `${input.to.link?.id ?? ''} has every domain that it is called by`,
        unread,
      );
      return;
    }
    const { settings } = input.to.link ?? {};
    yield* needed(input, 'network', 'a VPC domain', settings?.networkDomain);
    yield* needed(input, 'intranet', 'an intranet domain', settings?.intranetDomain);
    yield* needed(input, 'self-call', 'a self-call domain', settings?.selfCallDomain);
  },
};

/** `migrate/client-network`. */
export const migrateClientNetwork: MigrationCheck = {
  id: 'migrate/client-network',
  title: 'Callers inside a VPC reach the target instance from the same VPC',
  severity: 'error',
  about:
    "Callers that use a group's VPC domain stand in the client VPC of its instance. A target instance with another client VPC is not reached from there.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway, from, to } = input;
    if (!domainsOf(gateway.settings?.domains, 'network').length) return;
    const [old, next] = [from?.link?.settings?.clientNetworkId, to.link?.settings?.clientNetworkId];
    const about = aboutGateway(gateway);
    if (old === undefined || to.link?.settings === undefined) {
      const what = 'the VPC from which callers come';
      const missing =
        old !== undefined ? untold(to, what) : from === undefined ? unreadSource(input, what) : untold(from, what);
      yield unsure(about, `callers reach ${to.link?.id ?? 'the target instance'} from the same VPC`, missing);
      return;
    }
    const evidence = [
      { kind: 'link', id: from?.link?.id ?? '', text: `client VPC ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `client VPC ${next ?? 'none'}` },
    ];
    if (old === next) yield holds(check, about, () => ({ message: `the client VPC is ${old} on both`, evidence }));
    else {
      yield fails(about, {
        message: `callers are in ${old}, and ${to.link?.id ?? 'the target instance'} is called from ${next ?? 'no VPC'}`,
        evidence,
        remedy: `Give ${to.link?.id ?? 'the target instance'} the client VPC ${old} (ModifyInstanceVpcAttributeForConsole) before the move.`,
      });
    }
  },
};

/** `migrate/ipv6`. */
export const migrateIpv6: MigrationCheck = {
  id: 'migrate/ipv6',
  title: 'A gateway that is called over IPv6 still is',
  severity: 'error',
  about: 'A group with an IPv6 address needs a target instance with IPv6 enabled before the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway, to } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    const there = to.link?.settings?.ipv6;
    if (unread === undefined && gateway.settings?.ipv6 !== true) return;
    if (unread !== undefined || there === undefined) {
      yield unsure(about, 'a gateway that is called over IPv6 still is', unread ?? untold(to, 'whether IPv6 is on'));
      return;
    }
    const evidence = [{ kind: 'link', id: to.link?.id ?? '', text: `IPv6 ${there ? 'on' : 'off'}` }];
    if (there) yield holds(check, about, () => ({ message: 'both have IPv6', evidence }));
    else {
      yield fails(about, {
        message: `${gateway.id} is called over IPv6, which ${to.link?.id ?? 'the target instance'} has not`,
        evidence,
        remedy: `Enable IPv6 on ${to.link?.id ?? 'the target instance'} (ModifyInstanceAttribute, IPV6Enabled) before the move.`,
      });
    }
  },
};

/** `migrate/custom-domain`. */
export const migrateCustomDomain: MigrationCheck = {
  id: 'migrate/custom-domain',
  title: 'Custom domains follow the gateway',
  severity: 'error',
  about:
    "The move takes effect in DNS: the gateway's own domain leads to the target instance after one to ten minutes. A custom domain that points there by CNAME follows; one with an A " +
    'record stays at the old instance, which answers 410 (I410GG) once the old way has drained.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run({ check, gateway }) {
    const integration = gatewayName(gateway);
    for (const { name, byCname } of domainsOf(gateway.settings?.domains, 'custom')) {
      const about = { subject: `domain ${name}`, integration };
      const evidence = [
        { kind: 'domain', id: name, text: byCname === true ? 'CNAME' : byCname === false ? 'no CNAME' : 'not known' },
      ];
      if (byCname === true) yield holds(check, about, () => ({ message: `${name} follows by its CNAME`, evidence }));
      else if (byCname === undefined) {
        yield {
          verdict: 'unknown',
          severity: 'warning',
          ...about,
          message: `nobody can say whether ${name} points to the gateway by CNAME`,
          evidence,
          remedy: `Look the name up: it must be a CNAME of the gateway's own domain.`,
        };
      } else {
        yield fails(about, {
          message: `${name} does not point to the gateway's own domain by CNAME, and stays behind`,
          evidence,
          remedy: `Make ${name} a CNAME of ${domainsOf(gateway.settings?.domains, 'public')[0]?.name ?? "the gateway's own domain"} before the move.`,
        });
      }
    }
  },
};

function domainsOf(
  domains: readonly GatewayDomain[] | undefined,
  kind: GatewayDomain['kind'],
): readonly GatewayDomain[] {
  return (domains ?? []).filter((domain) => domain.kind === kind);
}

function* needed(
  { check, gateway, to }: MigrationInput,
  kind: GatewayDomain['kind'],
  what: string,
  there: LinkSettings['networkDomain'],
): Iterable<Outcome> {
  for (const { name } of domainsOf(gateway.settings?.domains, kind)) {
    const about = aboutGateway(gateway, `domain ${name}`);
    const evidence = [{ kind: 'domain', id: name, text: what }];
    const id = to.link?.id ?? 'the target instance';
    if (there === true) yield holds(check, about, () => ({ message: `${id} has ${what}`, evidence }));
    else if (there === undefined) {
      const fact = { what: `whether ${id} has ${what}`, remedy: `Look at ${id} in the console.` };
      // That APIs of a group may call each other is the default, and most never do; no API tells what an instance has.
      const severity = kind === 'self-call' ? 'note' : 'error';
      const message = `nobody can say ${fact.what}`;
      yield { verdict: 'unknown', severity, ...about, message, evidence, remedy: fact.remedy };
    } else {
      yield fails(about, {
        message: `the gateway is called by ${what} (${name}), which ${id} has not`,
        evidence,
        remedy: `Enable it on ${id} before the move${kind === 'intranet' ? ' (ModifyInstanceAttribute, VpcSlbIntranetEnable)' : ', in the console'}.`,
      });
    }
  }
}

/** What is not known: of the gateway, or else of the instance. */
function unknownSetting(input: MigrationInput, what: string, old: unknown): Missing {
  if (old !== undefined) return untold(input.to, what);
  const { id } = input.gateway;
  return unreadSettings(input) ?? { what: `${what} of ${id}`, remedy: `Look at ${id} in the console.` };
}

/** Of a gateway whose present instance is a shared one, or could not be read. */
function unreadSource({ region, gateway }: MigrationInput, what: string): Missing {
  const id = gateway.linkId ?? 'its present instance';
  return (
    region.missing('links', gateway.linkId) ?? { what: `${what} of ${id}`, remedy: `Look at ${id} in the console.` }
  );
}

function* overwritten(
  given: MigrationInput,
  what: string,
  old: string | undefined,
  next: string | undefined,
  { remedy, severity }: { readonly remedy: string; readonly severity?: Severity },
): Iterable<Outcome> {
  const { check, gateway, to } = given;
  const about = aboutGateway(gateway);
  if (old === undefined || next === undefined) {
    yield unsure(about, `the ${what} stays as it is`, unknownSetting(given, `the ${what}`, old));
    return;
  }
  const evidence = [
    { kind: 'gateway', id: gateway.id, text: `${what} ${old}` },
    { kind: 'link', id: to.link?.id ?? '', text: `${what} ${next}` },
  ];
  const input: Pick<CheckInput, 'passes'> = check;
  if (old === next) yield holds(input, about, () => ({ message: `the ${what} is ${old} on both`, evidence }));
  else yield fails(about, { message: `the ${what} changes from ${old} to ${next}`, evidence, remedy, severity });
}
