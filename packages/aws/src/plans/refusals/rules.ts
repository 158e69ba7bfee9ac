import { fail } from '@postern/core/checks';
import {
  ifCertain,
  isWithin,
  knownWords,
  OTHER,
  pairOf,
  refusals,
  type Refusals,
  type View,
} from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { protocolOf } from '../rows/backend-uri.js';

/*
 * Rules of security groups and network ACLs.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 */
const SEPARATE = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
];
const ENTRY = 'aws_network_acl_rule';
const PORTS = new Set(['tcp', 'udp']);
const LARGEST_PORT = 65_535;
/** Names of protocols, beside their numbers. */
const NAMES = ['all', '-1', 'tcp', 'udp', 'icmp', 'icmpv6'];

/** What a rule allows, a text for each source. @throws {UnknownAttribute} */
function allowedBy(view: View): readonly string[] {
  const isOld = view.instance.type === 'aws_security_group_rule';
  const direction = isOld ? view.needed('type') : view.instance.type.includes('egress') ? 'egress' : 'ingress';
  const protocol = protocolOf(view.text(isOld ? 'protocol' : 'ip_protocol'));
  const ports = protocol === 'all' ? '' : `${view.number('from_port') ?? ''}-${view.number('to_port') ?? ''}`;
  const sources = isOld
    ? [
        ...view.texts('cidr_blocks'),
        ...view.texts('ipv6_cidr_blocks'),
        ...view.refs('prefix_list_ids', AWS.prefixList),
        view.ref('source_security_group_id', AWS.group),
        view.flag('self') === true ? view.ref('security_group_id', AWS.group) : undefined,
      ]
    : [
        view.text('cidr_ipv4'),
        view.text('cidr_ipv6'),
        view.ref('prefix_list_id', AWS.prefixList),
        view.ref('referenced_security_group_id', AWS.group),
      ];
  return sources.filter((one) => one !== undefined).map((one) => `${direction} ${protocol} ${ports} ${one}`);
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html InvalidPermission.Duplicate */
const twice: Refusals = refusals(
  SEPARATE,
  {
    RULE_TWICE: fail(
      `${OTHER} allows the same in {group}: EC2 answers InvalidPermission.Duplicate`,
      '[if isOwn: Undo what replaces it: it cannot exist twice.|Remove one of the two rules.]',
    ),
  },
  function* ({ view, about, others }, say) {
    const group = view.neededRef('security_group_id', AWS.group);
    const own = new Set(allowedBy(view));
    const other = others(...SEPARATE).find(
      (one) =>
        ifCertain(() => one.ref('security_group_id', AWS.group)) === group &&
        (ifCertain(() => allowedBy(one)) ?? []).some((allowed) => own.has(allowed)),
    );
    if (other !== undefined) yield say.RULE_TWICE(about, { group, ...pairOf({ view }, other) });
  },
);

const RANGE = fail(
  'its ports are {from} to {to}: expected {least} to {most}, the first not above the last',
  'Write such ports.',
);

function* wrongPorts(view: View, protocol: string | undefined, byDefault?: number) {
  const from = view.number('from_port') ?? byDefault;
  const to = view.number('to_port') ?? byDefault;
  if (protocol === undefined || !PORTS.has(protocolOf(protocol)) || from === undefined || to === undefined) return;

  const areRight = isWithin(from, 0, LARGEST_PORT) && isWithin(to, 0, LARGEST_PORT) && from <= to;
  if (!areRight) yield { from, to, least: 0, most: LARGEST_PORT };
}

/** Types and codes of ICMP. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html FromPort */
const icmp: Refusals = refusals(
  SEPARATE,
  {
    ICMP_RANGE: fail('its ICMP type and code are {from} and {to}: expected {least} to {most}', 'Write such numbers.'),
    ICMP_CODE: fail(
      'its ICMP type is -1, which is all types, and its code is {to}: the code of all types is -1',
      'Write -1 as the code, or the type that the code is of.',
    ),
  },
  function* ({ view, about }, say) {
    const protocol = protocolOf(view.text('ip_protocol') ?? view.text('protocol'));
    const [from, to] = [view.number('from_port'), view.number('to_port')];
    const bounds = { least: -1, most: 255 };
    const isRight = [from, to].every((one) => one === undefined || isWithin(one, bounds.least, bounds.most));
    if (!protocol.startsWith('icmp') || from === undefined || to === undefined) return;

    if (!isRight) yield say.ICMP_RANGE(about, { from, to, ...bounds });
    else if (from === -1 && to !== -1) yield say.ICMP_CODE(about, { to });
  },
);

const ports: Refusals = refusals(SEPARATE, { PORT_RANGE: RANGE }, function* ({ view, about }, say) {
  for (const one of wrongPorts(view, view.text('ip_protocol') ?? view.text('protocol')))
    yield say.PORT_RANGE(about, one);
});

// The provider sends 0 for what is not set: internal/service/ec2/vpc_network_acl_rule.go.
const entryPorts: Refusals = refusals([ENTRY], { PORT_RANGE: RANGE }, function* ({ view, about }, say) {
  for (const one of wrongPorts(view, view.text('protocol'), 0)) yield say.PORT_RANGE(about, one);
});

const inline: Refusals = refusals(['aws_security_group'], { PORT_RANGE: RANGE }, function* ({ view, about }, say) {
  for (const one of ['ingress', 'egress'].flatMap((name) => ifCertain(() => view.blocks(name)) ?? []))
    for (const wrong of wrongPorts(
      one,
      ifCertain(() => one.text('protocol')),
    ))
      yield say.PORT_RANGE(about, wrong);
});

/** The numbers that users can give. */
const ENTRIES = { least: 1, most: 32_766 } as const;

const entries: Refusals = refusals(
  [ENTRY],
  {
    RULE_NUMBER: fail('{attribute} is {number}: expected {least} to {most}', 'Write such a number.'),
  },
  function* ({ view, about, named }, say) {
    const number = view.number('rule_number');
    if (number !== undefined && !isWithin(number, ENTRIES.least, ENTRIES.most))
      yield say.RULE_NUMBER(about, { attribute: named('rule_number'), number, ...ENTRIES });
  },
);

/** A name, or a number to 255. */
const PROTOCOL = { known: NAMES, also: /^(?:1?\d?\d|2[0-4]\d|25[0-5])$/ };

export const ruleRefusals: readonly Refusals[] = [
  twice,
  ports,
  icmp,
  entryPorts,
  inline,
  entries,
  knownWords(SEPARATE, [
    { attribute: 'ip_protocol', ...PROTOCOL },
    { attribute: 'protocol', ...PROTOCOL },
  ]),
  knownWords([ENTRY], [{ attribute: 'protocol', ...PROTOCOL }]),
];
