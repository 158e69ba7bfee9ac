import type { PosternError } from '@postern/core/internal/library';
import {
  contains,
  formatPrefix,
  parsePrefix,
  type Prefix,
  faultFrom,
  type DeclaredLink,
  type DeclaredPlace,
  type DeclaredTargetPlace,
  type FaultPath,
  type SpecFault,
} from '@postern/core/internal/kinds';

/** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const ROLE = /^acs:ram::\d+:role\/[\w.-]{1,64}$/;

/** What a product says of a declared link of one kind, besides what holds for all. */
export interface DeclaredKind {
  readonly faults: (link: DeclaredLink, key: string) => readonly SpecFault[];
  /** What is wrong with an IPv4 block of its allowlist. */
  readonly blockErrors?: (block: Prefix, link: DeclaredLink) => readonly PosternError[];
}

/** What is wrong with a declared link: credentials, blocks, and what its kind says. */
export function linkFaultsBy(kinds: Readonly<Record<string, DeclaredKind>>) {
  return (link: DeclaredLink, { key, kind }: DeclaredPlace): readonly SpecFault[] => {
    const own = kinds[kind];
    const blocks = (link.allowlist ?? []).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : 'cidr' in entry ? [entry.cidr] : [],
    );
    return [
      ...credentialFaults(link),
      ...(own?.faults(link, key) ?? []),
      ...blockFaults(blocks, (block) => own?.blockErrors?.(block, link) ?? []),
    ];
  };
}

function credentialFaults({ profile, assumeRole }: DeclaredLink): SpecFault[] {
  const faults: SpecFault[] = [];
  if (profile !== undefined) {
    const message =
      "profile is not supported on links of alibaba: credentials come from where Alibaba Cloud's own tools find them";
    const remedy = 'Remove it, and name the profile in ALIBABA_CLOUD_PROFILE.';
    faults.push({ code: 'UNSUPPORTED', message, remedy, path: ['profile'] });
  }
  if (assumeRole !== undefined && !ROLE.test(assumeRole)) {
    const message = 'not the ARN of a RAM role';
    const remedy = 'Write acs:ram::<account>:role/<name>.';
    faults.push({ code: 'INVALID_ARN', message, remedy, path: ['assumeRole'] });
  }
  return faults;
}

function blockFaults(
  blocks: readonly string[],
  errorsOf: (block: Prefix) => readonly PosternError[],
): readonly SpecFault[] {
  const prefixes = blocks.map(prefixOf);
  return prefixes.flatMap((prefix, at): readonly SpecFault[] => {
    if (prefix === undefined) return []; // reported elsewhere

    const path: FaultPath = ['allowlist', at];
    const block = formatPrefix(prefix);
    if (prefix.address.family === 6) {
      const message = `${block} is an IPv6 block, but accessible blocks are IPv4 blocks`;
      return [{ code: 'UNSUPPORTED', message, remedy: 'Remove it.', path }];
    }

    const own = errorsOf(prefix).map((error) => faultFrom(error, path));
    const wider = prefixes.findIndex(
      (other, index) => other !== undefined && index !== at && covers(other, prefix, index < at),
    );
    if (wider < 0) return own;

    const message = `${block} is inside ${blocks[wider] ?? ''}`;
    return [...own, { code: 'CIDR_REDUNDANT', message, remedy: 'Remove one of the two.', path }];
  });
}

/** Of two equal blocks only the later is redundant. */
function covers(outer: Prefix, inner: Prefix, earlier: boolean): boolean {
  return contains(outer, inner) && (outer.bits < inner.bits || earlier);
}

/** Undefined also where the text is not a block: the reader of the field reports that. */
export function prefixOf(text: string | undefined): Prefix | undefined {
  if (text === undefined) return undefined;

  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

/** An instance that a target names is an ECS or a CLB; others are reached by their addresses. */
export function instanceTargetFaults(instance: unknown, { isLedTo }: DeclaredTargetPlace): readonly SpecFault[] {
  if (!isLedTo || /^(?:i|lb)-/.test(instance as string)) return [];

  return [
    {
      code: 'WRONG_KIND',
      message: `${instance as string} is neither an ECS nor a CLB instance`,
      remedy: 'Write i-… or lb-…; anything else is reached by its private address: { address, port }.',
      path: [],
    },
  ];
}
