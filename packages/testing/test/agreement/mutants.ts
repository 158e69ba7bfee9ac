/** A planted mistake: a text of a source file, which stands there once, and what takes its place. */
export interface Mutant {
  readonly what: string;
  /** Below `packages/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The cloud whose worlds can tell. */
  readonly cloud: 'aws' | 'alibaba';
}

const path = (file: string): string => `core/src/checks/path/${file}`;
const simulated = (file: string): string => `testing/src/${file}`;

/** Mistakes of the checks. */
export const CHECK_MUTANTS: readonly Mutant[] = [
  {
    cloud: 'alibaba',
    what: 'priorities are not looked at',
    file: path('filter.ts'),
    from: '(rule.priority ?? 0) * 2',
    to: '0',
  },
  {
    cloud: 'alibaba',
    what: 'an allow goes before a drop',
    file: path('filter.ts'),
    from: '+ (allow ? 1 : 0)',
    to: '+ (allow ? 0 : 1)',
  },
  {
    cloud: 'alibaba',
    what: 'members of a group do not reach each other',
    file: path('judge.ts'),
    from: "if (references === 'kept' && filter.inner.includes(id)) return { inner: id };",
    to: '',
  },
  {
    cloud: 'aws',
    what: 'rules that name groups hold for nobody',
    file: path('judge.ts'),
    from: "if (references === 'kept') return { rule };",
    to: "if (references === 'kept') return NOTHING;",
  },
  {
    cloud: 'aws',
    what: 'prefix lists are empty',
    file: path('filter.ts'),
    from: '{ about: { spans: found.spans } }',
    to: '{ about: { spans: [] } }',
  },
  {
    cloud: 'aws',
    what: 'the last entry of a network ACL decides',
    file: path('acl-entries.ts'),
    from: 'own.rank < outer.rank',
    to: 'own.rank > outer.rank',
  },
  {
    cloud: 'aws',
    what: 'answers need fewer ports',
    file: path('acl-entries.ts'),
    from: '[1_024, 65_535]',
    to: '[49_152, 65_535]',
  },
  {
    cloud: 'aws',
    what: 'answers enter the link’s subnet unseen',
    file: path('leg.ts'),
    from: 'if (!isGate(gates, from.place)) yield* edge(ACL_BACK_IN, from, to, way);',
    to: '',
  },
  {
    cloud: 'aws',
    what: 'the shortest prefix decides',
    file: path('route-table.ts'),
    from: '? own.rank < outer.rank : true',
    to: '? own.rank < outer.rank : false',
  },
  {
    cloud: 'aws',
    what: 'blackholes lead where they once led',
    file: path('route.ts'),
    from: 'const stopped = stops([blackhole(table, route, leaving)]);',
    to: "const stopped = arrives([passed(table.id, route)], { kind: 'network', world: leaving.place.world, networkId: leaving.place.subnet.networkId });",
  },
  {
    cloud: 'aws',
    what: 'rules do not know groups across a peering',
    file: path('peering.ts'),
    from: "sameRegion ? 'kept' : 'lost'",
    to: "sameRegion ? 'lost' : 'kept'",
  },
  {
    cloud: 'aws',
    what: 'routes back are not needed',
    file: path('leg.ts'),
    from: 'to.place === undefined || from.place === undefined ? undefined : wayTo(to.place, from)',
    to: 'undefined',
  },
  {
    cloud: 'aws',
    what: 'the shortest prefix decides in a transit gateway',
    file: path('transit.ts'),
    from: "outer.route.origin === 'static' ? outer : own",
    to: "outer.route.origin === 'static' ? outer : (outer ?? own)",
  },
  {
    cloud: 'aws',
    what: 'the ill take calls',
    file: path('target-health.ts'),
    from: "return health === 'unknown' ? 'unknown' : 'none';",
    to: "return health === 'unknown' ? 'unknown' : 'takes';",
  },
  {
    cloud: 'aws',
    what: 'one target that is reached is enough',
    file: path('target-health.ts'),
    from: 'if (lost.length === sent.length) return first.taken;',
    to: "if (lost.length < sent.length) return ways.find(({ verdict }) => verdict === 'pass')?.taken ?? first.taken;",
  },
  {
    cloud: 'aws',
    what: 'groups without weight get calls',
    file: 'core/src/checks/listener-rules/shares.ts',
    from: 'given.filter((id) => weights.get(id) !== 0)',
    to: 'given.filter((id) => weights.has(id))',
  },
  {
    cloud: 'aws',
    what: 'zones do not count',
    file: path('target-zones.ts'),
    from: "return crosses === undefined ? 'unknown' : 'fail';",
    to: "return crosses === undefined ? 'unknown' : 'pass';",
  },
  {
    cloud: 'aws',
    what: 'conditions of a rule that do not hold are passed over',
    file: 'core/src/checks/listener-rules/answers.ts',
    from: "if (own === 'none') return 'none';",
    to: '',
  },
  {
    cloud: 'aws',
    what: 'rules of a listener are for all paths',
    file: 'core/src/checks/listener-rules/answers.ts',
    from: "if (kind === 'path') return pathFit(values, call.paths);",
    to: "if (kind === 'path') return 'all';",
  },
  {
    cloud: 'aws',
    what: 'rules of a listener are for all methods',
    file: 'core/src/checks/listener-rules/answers.ts',
    from: "values.includes(call.method) ? 'all' : 'none'",
    to: "'all'",
  },
  {
    cloud: 'aws',
    what: 'rules of a listener are for all callers',
    file: 'core/src/checks/listener-rules/answers.ts',
    from: "return kind === 'source' && from !== undefined ? sourceFit(values, from) : 'some';",
    to: "return kind === 'source' ? 'all' : 'some';",
  },
  {
    cloud: 'aws',
    what: 'patterns of rules do not tell capitals from small letters',
    file: 'core/src/checks/listener-rules/texts.ts',
    from: '(text): Pattern => [...text]',
    to: '(text): Pattern => [...text.toLowerCase()]',
  },
  {
    cloud: 'alibaba',
    what: 'an empty access control list lets nobody in',
    file: path('access-control.ts'),
    from: 'blocks.length === 0 || whole',
    to: 'whole',
  },
];

/** Mistakes of the simulated networks. */
export const NETWORK_MUTANTS: readonly Mutant[] = [
  {
    cloud: 'aws',
    what: 'answers need fewer ports',
    file: simulated('aws/connects/network-acls.ts'),
    from: 'const EPHEMERAL = [1024, 65_535]',
    to: 'const EPHEMERAL = [49_152, 65_535]',
  },
  {
    cloud: 'aws',
    what: 'entries are tried from the last',
    file: simulated('aws/connects/network-acls.ts'),
    from: '.sort((a, b) => a.ruleNumber - b.ruleNumber)',
    to: '.sort((a, b) => b.ruleNumber - a.ruleNumber)',
  },
  {
    cloud: 'aws',
    what: 'blackholes lead on',
    file: simulated('aws/connects/way.ts'),
    from: "=== 'blackhole') {",
    to: "=== 'never') {",
  },
  {
    cloud: 'aws',
    what: 'rules do not know groups across a peering',
    file: simulated('aws/connects/way.ts'),
    from: "['peering'], isOneRegion, isOneRegion",
    to: "['peering'], false, false",
  },
  {
    cloud: 'aws',
    what: 'rules that name groups hold for nobody',
    file: simulated('aws/connects/security-groups.ts'),
    from: 'id !== undefined && peer.groupIds.includes(id)',
    to: 'id === undefined && peer.groupIds.includes(id ?? "")',
  },
  {
    cloud: 'aws',
    what: 'any zone may use a transit gateway',
    file: simulated('aws/connects/transit.ts'),
    from: 'zoneId === from.subnet.zoneId);\n  if (!near)',
    to: 'zoneId !== "");\n  if (!near)',
  },
  {
    cloud: 'aws',
    what: 'the ill take calls',
    file: simulated('aws/connects/load-balancer.ts'),
    from: "new Set(['healthy', 'unavailable'])",
    to: "new Set(['healthy', 'unavailable', 'unhealthy'])",
  },
  {
    cloud: 'aws',
    what: 'rules of a listener are for all paths',
    file: simulated('aws/connects/listener-rules.ts'),
    from: 'return matches(condition, condition.PathPatternConfig, [call.path], false);',
    to: 'return true;',
  },
  {
    cloud: 'aws',
    what: 'rules of a listener are for all methods',
    file: simulated('aws/connects/listener-rules.ts'),
    from: 'return condition.HttpRequestMethodConfig?.Values?.includes(call.method) === true;',
    to: 'return true;',
  },
  {
    cloud: 'aws',
    what: 'rules of a listener are for all callers',
    file: simulated('aws/connects/listener-rules.ts'),
    from: 'return anyCovers(condition.SourceIpConfig?.Values ?? [], call.from);',
    to: 'return true;',
  },
  {
    cloud: 'aws',
    what: 'the last rule of a listener decides',
    file: simulated('aws/connects/listener-rules.ts'),
    from: 'first.priority < rule.priority',
    to: 'first.priority > rule.priority',
  },
  {
    cloud: 'aws',
    what: 'the shortest prefix decides',
    file: simulated('aws/connects/route-choice.ts'),
    from: '.sort((a, b) => b.bits - a.bits',
    to: '.sort((a, b) => a.bits - b.bits',
  },
  {
    cloud: 'alibaba',
    what: 'an accept goes before a drop',
    file: simulated('alibaba/connects/security-groups.ts'),
    from: "policy === 'Drop' ? 0 : 1",
    to: "policy === 'Drop' ? 1 : 0",
  },
  {
    cloud: 'alibaba',
    what: 'priorities are not looked at',
    file: simulated('alibaba/connects/security-groups.ts'),
    from: 'a.rule.priority - b.rule.priority || ',
    to: '',
  },
  {
    cloud: 'alibaba',
    what: 'members of a group do not reach each other',
    file: simulated('alibaba/connects/security-groups.ts'),
    from: "type === 'normal' && innerAccessPolicy === 'Accept'",
    to: "type === 'normal' && innerAccessPolicy === 'Drop'",
  },
  {
    cloud: 'alibaba',
    what: 'an empty access control list lets nobody in',
    file: simulated('alibaba/connects/load-balancer.ts'),
    from: 'return blocks.length === 0 || ',
    to: 'return ',
  },
];
