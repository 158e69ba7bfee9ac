import type { Mistake } from '../mutated.js';
import { mistakesIn } from '../mistakes-in.js';

/** A planted mistake. */
export interface Mutant extends Mistake {
  readonly what: string;
  /** The module that is called, below `packages/`; that of `explain` by default. */
  readonly entry?: string | undefined;
  /** The cloud whose worlds can detect it; `rest`: those of AWS with REST APIs. */
  readonly cloud: 'aws' | 'alibaba' | 'rest';
}

const inPath = (file: string): string => `core/src/check/path/${file}`;
const simulated = (file: string): string => `simulator/src/${file}`;

export const CHECK_MUTANTS: readonly Mutant[] = [
  ...mistakesIn({ cloud: 'rest', file: inPath('balancers/behind-balancer.ts') }, [
    [
      'client addresses are preserved over PrivateLink',
      'way.from === way.to ? false : group.preservesClientAddress',
      'group.preservesClientAddress',
    ],
  ]),
  ...mistakesIn({ cloud: 'rest', file: inPath('balancers/private-link.ts') }, [
    ['a V1 link leads to every load balancer', 'loadBalancerIds?.includes(called.id) === false', 'false'],
    [
      'rules for some addresses admit all of PrivateLink',
      "if (open === 'all') return undefined;",
      "if (open === 'all' || open === 'some') return undefined;",
    ],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: inPath('groups/filter.ts') }, [
    ['rule priorities are ignored', '(rule.priority ?? 0) * 2', '0'],
    ['an allow precedes a drop', '+ (allow ? 1 : 0)', '+ (allow ? 0 : 1)'],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: inPath('groups/judge.ts') }, [
    [
      'members of a group cannot reach each other',
      "if (references === 'kept' && filter.inner.includes(id)) return { inner: id };",
      '',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('groups/judge.ts') }, [
    [
      'rules that name groups match no source',
      "if (references === 'kept') return { rule };",
      "if (references === 'kept') return NOTHING;",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('groups/filter.ts') }, [
    ['prefix lists have no entries', 'return prefixes(prefixListId);', 'return { spans: [] };'],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('acls/acl-entries.ts') }, [
    ['the last entry of a network ACL decides', 'own.rank < outer.rank', 'own.rank > outer.rank'],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('reasons/security-group.ts') }, [
    ['answers need fewer ports', '[1_024, MAX_PORT]', '[49_152, 65_535]'],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('segment.ts') }, [
    [
      'network ACLs do not filter answers into the link’s subnet',
      'if (!isGate(gates, from.place)) yield* edge(ACL_BACK_IN, from, to, way);',
      '',
    ],
    [
      'return routes are not needed',
      'to.place === undefined || from.place === undefined ? undefined : routeTo(to.place, from)',
      'undefined',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('routes/route-table.ts') }, [
    ['the shortest prefix decides', '? own.rank < outer.rank : true', '? own.rank < outer.rank : false'],
    [
      'of two prefix lists with the same block the first one applies',
      'if (same && own.rank === outer.rank && !isSameHop(own.route, outer.route)) {',
      'if (same && own.rank > 99 && !isSameHop(own.route, outer.route)) {',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('routes/route.ts') }, [
    [
      'blackhole routes forward to their former target',
      'const stopped = stops([blackhole(table, route, leaving)]);',
      "const stopped = arrives([passed(table.id, route)], { kind: 'network', world: leaving.place.world, networkId: leaving.place.subnet.networkId });",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('routes/peering.ts') }, [
    [
      'rules do not match groups across a peering',
      "groupsReachPeers ? 'kept' : 'lost'",
      "groupsReachPeers ? 'lost' : 'kept'",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('routes/transit-table.ts') }, [
    [
      'the shortest prefix decides in a transit gateway',
      "outer.route.origin === 'static' ? outer : own",
      "outer.route.origin === 'static' ? outer : (outer ?? own)",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('balancers/target-health.ts') }, [
    [
      'unhealthy targets receive calls',
      "return health === 'unknown' ? 'unknown' : 'none';",
      "return health === 'unknown' ? 'unknown' : 'takes';",
    ],
    [
      'one reachable target is enough',
      'if (lost.length === sent.length) return first.taken;',
      "if (lost.length < sent.length) return ways.find(({ verdict }) => verdict === 'pass')?.taken ?? first.taken;",
    ],
    [
      'one healthy target is always enough',
      'const rest = over === true ? others : [];',
      'const rest = over === true ? others.slice(others.length) : [];',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: 'core/src/check/path/listener-rules/deciding.ts' }, [
    [
      'target groups with weight 0 receive calls',
      'given.filter((id) => weights.get(id) !== 0)',
      'given.filter((id) => weights.has(id))',
    ],
    [
      'calls carry every required token',
      'return actions.some(isUnread) && handOn(actions)',
      'return actions.length > 99 && handOn(actions)',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('balancers/target-zones.ts') }, [
    [
      'zones are ignored',
      "return crosses === undefined ? 'unknown' : 'fail';",
      "return crosses === undefined ? 'unknown' : 'pass';",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: 'core/src/check/path/listener-rules/answers.ts' }, [
    ['unmet conditions of a rule are ignored', "if (own === 'none') return 'none';", ''],
    [
      'listener rules match all paths',
      "if (kind === 'path') return pathFit(values, call.path);",
      "if (kind === 'path') return 'all';",
    ],
    ['listener rules match all methods', "values.includes(call.method) ? 'all' : 'none'", "'all'"],
    [
      'listener rules match all callers',
      "return kind === 'source' && from !== undefined ? sourceFit(values, from) : 'some';",
      "return kind === 'source' ? 'all' : 'some';",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: 'core/src/ground/text/texts.ts' }, [
    [
      'patterns of rules are case-insensitive',
      '(text): Pattern => [...text]',
      '(text): Pattern => [...text.toLowerCase()]',
    ],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: inPath('acls/access-control.ts') }, [
    ['an empty access control list allows no caller', 'blocks.length === 0 || whole', 'whole'],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('balancers/behind-balancer.ts') }, [
    [
      'load balancers that are IP targets of load balancers are not evaluated',
      'if (balancer !== undefined) yield* nested(balancer, called);',
      '',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('whole-span.ts') }, [
    [
      "today's addresses stay",
      "return worst.verdict === 'pass' ? onlyToday(step, points) : worst;",
      'return onlyToday(worst, points);',
    ],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: inPath('whole-span.ts') }, [
    [
      "today's addresses stay",
      "return worst.verdict === 'pass' ? onlyToday(step, points) : worst;",
      'return onlyToday(worst, points);',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: inPath('sources/owners.ts') }, [
    [
      'an interface with the address of a load balancer accepts calls',
      "if (found?.is === 'found') return { end, balancer: found.value };",
      "if (found?.is === 'found') return { end };",
    ],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: inPath('sources/owners.ts') }, [
    [
      'interfaces of services count as machines',
      '?? ofService(world, own) };',
      '?? (own.addresses.length > 99 ? ofService(world, own) : undefined) };',
    ],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: inPath('routes/route-table.ts') }, [
    [
      'of two next hops the first receives all calls',
      'if (same && own.rank === outer.rank && !isSameHop(own.route, outer.route)) {',
      'if (same && own.rank > 99 && !isSameHop(own.route, outer.route)) {',
    ],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: inPath('groups/security-group.ts') }, [
    [
      'security groups of servers behind a CLB do not filter calls',
      "if (step.verdict !== 'fail') return step.verdict === 'pass' ? undefined : step;",
      "if (step.verdict !== 'unknown') return undefined;",
    ],
  ]),
  ...(['aws', 'alibaba'] as const).flatMap((cloud): readonly Mutant[] =>
    mistakesIn({ cloud, file: inPath('routes/route.ts') }, [
      ['endpoints forward to the internet', "    case 'internet':\n", "    case 'endpoint':\n    case 'internet':\n"],
      ['all NAT gateways forward to the internet', "    case 'internet':\n", "    case 'nat':\n    case 'internet':\n"],
    ]),
  ),
  {
    cloud: 'aws',
    what: 'a VPC that does not contain the address drops packets for it',
    file: inPath('routes/transit-delivery.ts'),
    from: 'if (onward !== undefined || far.length < subnetIds.length || gates.includes(undefined)) {',
    to: 'if (far.length < subnetIds.length || gates.includes(undefined)) {',
  },
  ...(['aws', 'alibaba'] as const).map((cloud): Mutant => ({
    cloud,
    what: 'one denied port stops all calls',
    file: inPath('reasons/security-group.ts'),
    from: 'const FEW = 0.01;',
    to: 'const FEW = 0;',
  })),
  {
    cloud: 'aws',
    what: 'calls need new addresses',
    file: 'core/src/check/checks/link/free-addresses.ts',
    entry: 'core/src/check/checks/run.ts',
    from: "free === 0 && view.link?.state !== 'ready' ? 'error'",
    to: "free === 0 ? 'error'",
  },
];

export const NETWORK_MUTANTS: readonly Mutant[] = [
  ...mistakesIn({ cloud: 'rest', file: simulated('aws/connects/private-link.ts') }, [
    [
      'rules of a load balancer never apply to PrivateLink',
      "balancer.fields.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic !== 'on'",
      'true',
    ],
    ['a V1 link calls one node only', 'nodesOf(here, balancer)).map(', 'nodesOf(here, balancer).slice(0, 1)).map('],
    [
      'a V1 link carries calls in every state',
      "if (status !== 'AVAILABLE') return",
      "if (status === 'PENDING') return",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/load-balancer.ts') }, [
    ['load balancers behind load balancers are not evaluated', 'return nested ?? late;', 'return late;'],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/target-group.ts') }, [
    ['one healthy target is always enough', "return healthy < value('count') ||", 'return healthy < 1 ||'],
    [
      'unhealthy targets receive calls',
      "new Set(['healthy', 'unavailable'])",
      "new Set(['healthy', 'unavailable', 'unhealthy'])",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/connects.ts') }, [
    [
      'any interface with the address of a load balancer accepts calls',
      "(end.kind === 'place' ? ownerStops(here, place, end, port) : undefined)",
      'undefined',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/network-acls.ts') }, [
    ['answers need fewer ports', 'const EPHEMERAL = [1024, MAX_PORT]', 'const EPHEMERAL = [49_152, 65_535]'],
    [
      'entries are evaluated in reverse order',
      '.sort((a, b) => a.RuleNumber - b.RuleNumber)',
      '.sort((a, b) => b.RuleNumber - a.RuleNumber)',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/routes.ts') }, [
    ['blackhole routes forward', "=== 'blackhole') {", "=== 'never') {"],
    [
      'rules do not match groups across a peering',
      "['peering'], isOneRegion, isOneRegion",
      "['peering'], false, false",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/transit-gateway.ts') }, [
    [
      'a transit gateway is usable from any zone',
      'zoneId === from.subnet.zoneId);\n  if (!near)',
      'zoneId !== "");\n  if (!near)',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/security-groups.ts') }, [
    [
      'rules that name groups match no source',
      "peer.groupIds.includes(ReferencedGroupInfo?.GroupId ?? '')",
      "peer.groupIds.includes('')",
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/listener-rules.ts') }, [
    [
      'listener rules match all paths',
      'return matches(condition, condition.PathPatternConfig, [call.path], false);',
      'return true;',
    ],
    [
      'listener rules match all methods',
      'return condition.HttpRequestMethodConfig?.Values?.includes(call.method) === true;',
      'return true;',
    ],
    [
      'listener rules match all callers',
      'return anyCovers(condition.SourceIpConfig?.Values ?? [], call.from);',
      'return true;',
    ],
    [
      'the last rule of a listener decides',
      'priorityOf(first) < priorityOf(rule)',
      'priorityOf(first) > priorityOf(rule)',
    ],
  ]),
  ...mistakesIn({ cloud: 'aws', file: simulated('aws/connects/transit-gateway.ts') }, [
    ['the shortest prefix decides', '.sort((a, b) => b.bits - a.bits', '.sort((a, b) => a.bits - b.bits'],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: simulated('alibaba/connects/security-groups.ts') }, [
    ['an accept precedes a drop', "policy === 'Drop' ? 0 : 1", "policy === 'Drop' ? 1 : 0"],
    ['rule priorities are ignored', 'a.rule.priority - b.rule.priority || ', ''],
    [
      'members of a group cannot reach each other',
      "type === 'normal' && innerAccessPolicy === 'Accept'",
      "type === 'normal' && innerAccessPolicy === 'Drop'",
    ],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: simulated('alibaba/connects/load-balancer.ts') }, [
    ['an empty access control list allows no caller', 'return blocks.length === 0 || ', 'return '],
  ]),
  ...mistakesIn({ cloud: 'alibaba', file: simulated('alibaba/connects/routes.ts') }, [
    [
      'of two next hops the first receives all calls',
      'if (lost || routes.length === 1) return lost ?? first;',
      'if (routes.length > 0) return first;',
    ],
  ]),
];
