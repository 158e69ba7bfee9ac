import { HOSTILE } from '../terraform/hostile-expressions.js';
import { seeded } from '../../../core/test/drive.js';
import { assemblyOf, FILES, hostile, placesOf, type Tree } from './files-of-users.js';

/** What a seed makes: the kind of a file, its text, and what is done with it. */
export interface FuzzedInput {
  readonly kind: string;
  readonly text: string;
  readonly use: (text: string) => unknown;
}

type Members = { [key: string]: Tree };

/** On repeated words of these, a regular expression would go back that can. */
const WORDS = [
  '${|${A}|${A.B|}|"|\\"|{{resolve:a|{{resolve:ssm:|a-|--|\n | |\t|:|/|aaaa|0|1.1.|10.0.0.0/8,|arn:aws:|:loadbalancer/|//',
  ":servicediscovery:|_|[|{a|=|GET /x|{proxy+}|\u27e6a#b|${!|\\|'|<text|<!--|sg-|\ud800|\r\n|*x |&x |- ",
].flatMap((words) => words.split('|'));
const NAMES = 'A B C D E F __proto__ constructor AWS::Region AWS::NoValue None A.B '.split(' ');
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::VPC': ['CidrBlock', 'Tags'],
  'AWS::EC2::Subnet': ['VpcId', 'CidrBlock', 'AvailabilityZone'],
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'VpcId', 'SecurityGroupIngress', 'SecurityGroupEgress'],
  'AWS::EC2::SecurityGroupIngress': ['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp'],
  'AWS::EC2::RouteTable': ['VpcId'],
  'AWS::EC2::Route': ['RouteTableId', 'DestinationCidrBlock', 'GatewayId'],
  'AWS::ApiGatewayV2::VpcLink': ['Name', 'SubnetIds', 'SecurityGroupIds'],
  'AWS::ApiGatewayV2::Api': ['Name', 'ProtocolType', 'Body'],
  'AWS::ApiGatewayV2::Integration': ['ApiId', 'IntegrationType', 'ConnectionType', 'ConnectionId', 'IntegrationUri'],
  'AWS::ApiGatewayV2::Route': ['ApiId', 'RouteKey', 'Target'],
  'AWS::ApiGateway::RestApi': ['Name', 'Body', 'Policy'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Name', 'Type', 'Scheme', 'Subnets', 'SecurityGroups'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['Port', 'Protocol', 'TargetType', 'VpcId', 'Targets'],
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn', 'Port', 'Protocol', 'DefaultActions'],
  'AWS::CloudFormation::Stack': ['TemplateURL', 'Parameters'],
  'A::B': ['C'],
};

/** Makes values from a seed. */
class Maker {
  /** Values and characters that may still be made. */
  left = { values: 20_000, characters: 4_000_000 };

  constructor(readonly random: () => number) {}

  /** A whole number from 0 to below `most`, small ones more often where `most` is large. */
  below(most: number): number {
    const part = this.random();
    return Math.floor((most > 20 ? part ** 4 : part) * most);
  }

  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)] as T;
  }

  many<T>(most: number, make: (at: number) => T): T[] {
    return Array.from({ length: this.below(most) }, (_, at) => make(at));
  }

  text(most = 200_000): string {
    const words = this.many(4, () => this.one(WORDS)).join('');
    const times = Math.min(this.below(most), Math.floor(this.left.characters / (words.length + 1)));
    this.left.characters -= times * words.length;
    return `${this.one(NAMES)}${words.repeat(times)}${this.one(['', '}', '"', '!', '\n', ']'])}`;
  }

  /** A value with functions in it, so deep. */
  value(deep: number): Tree {
    const kinds: readonly (() => Tree)[] = [
      () => this.one(['10.0.0.0/16', '10.0.1.0/24', 'GET /x', 'tcp', 80, -0, 1e308, true, null, '', 'integrations/']),
      () => ({ Ref: this.one(NAMES) }),
      () => ({ 'Fn::GetAtt': this.one<Tree>([[this.one(NAMES), this.one(NAMES)], `${this.one(NAMES)}.Arn`]) }),
      () => this.text(this.one([3, 3, 3, 20_000])),
    ];
    this.left.values -= 1;
    if (deep <= 0 || this.left.values < 0) return this.one(kinds)();

    const inner = (): Tree => this.value(deep - 1 - this.below(3));
    const list = (): Tree[] => this.many(this.one([4, 4, 4, 300]), inner);
    return this.one([
      ...kinds,
      list,
      () => ({ 'Fn::Sub': this.one<Tree>([this.text(2_000), [this.text(50), { A: inner(), B: inner() }]]) }),
      () => ({ 'Fn::Join': [this.one(['', ',', this.text(50)]), this.one<Tree>([list(), inner()])] }),
      () => ({ 'Fn::Select': [this.one([0, 1, -1, '1', '__proto__']), this.one<Tree>([list(), inner()])] }),
      () => ({ 'Fn::Split': [this.one(['', ',', 'a']), inner()] }),
      () => ({ 'Fn::If': [this.one(NAMES), inner(), inner()] }),
      () => ({ 'Fn::FindInMap': [this.one(['m', inner()]), this.one(NAMES), this.one(NAMES)] }),
      () => ({ 'Fn::Cidr': [inner(), this.one([1, 256, 1e300]), this.one([8, -5, 1e9])] }),
      () => ({
        [this.one(['Fn::ToJsonString', 'Fn::Base64', 'Fn::Length', 'Fn::ImportValue', 'Fn::GetAZs'])]: inner(),
      }),
      () => ({ [`Fn::${this.one(['Transform', 'Nothing', '__proto__', 'ForEach::x'])}`]: list() }),
      () => Object.fromEntries(this.many(4, () => [this.one(NAMES), inner()])),
    ])();
  }

  members(most: number, make: (at: number) => Tree): Members {
    return Object.fromEntries(this.many(most, (at) => [NAMES[at] ?? `R${at}`, make(at)]));
  }

  resource(): Tree {
    const type = this.one(Object.keys(TYPES));
    const deep = this.one([0, 1, 3, 6]);
    const properties = Object.fromEntries((TYPES[type] ?? []).map((name) => [name, this.value(deep)]));
    return {
      Type: type,
      Properties: this.one<Tree>([properties, properties, properties, this.value(2)]),
      ...(this.random() < 0.2 && { Condition: this.one(NAMES) }),
      ...(this.random() < 0.2 && { DependsOn: this.many(4, () => this.one(NAMES)) }),
      ...(type.endsWith('::Stack') && { Metadata: { 'aws:asset:path': this.one(['a.json', 'b.json', '../a.json']) } }),
    };
  }

  template(): Members {
    const condition = (): Tree =>
      this.one([
        () => ({ 'Fn::Equals': [this.value(1), this.value(1)] }),
        () => ({ [this.one(['Fn::And', 'Fn::Or', 'Fn::Not'])]: this.many(12, () => ({ Condition: this.one(NAMES) })) }),
      ])();
    return {
      Resources: {
        ...this.members(this.one([8, 8, 8, 500]), () => this.resource()),
        ...(this.random() < 0.1 && { 'Fn::ForEach::x': ['X', this.many(2_000, String), { 'V${X}': this.resource() }] }),
      },
      ...(this.random() < 0.3 && { Conditions: this.members(13, condition) }),
      ...(this.random() < 0.3 && { Mappings: { m: this.members(13, () => this.members(13, () => this.value(3))) } }),
      ...(this.random() < 0.3 && { Parameters: this.members(9, () => ({ Type: 'String', Default: this.value(0) })) }),
      ...(this.random() < 0.3 && {
        Outputs: this.members(13, () => ({ Value: this.value(3), Export: { Name: this.one(NAMES) } })),
      }),
    };
  }

  /** YAML of a tree, with the short forms of functions, aliases, and what only YAML has. */
  yaml(tree: Tree): string {
    const anchors = this.one([
      '',
      `M0: &m0 [x, x]\n${this.many(30, (at) => `M${at + 1}: &m${at + 1} [${`*m${at},`.repeat(10)}]\n`).join('')}`,
      this.many(20_000, (at) => `a${at}: &x${at} v\nb${at}: *x${at}\n`).join(''),
      `T: &t { Properties: *t }\n`,
      `---\n`.repeat(this.below(20_000)),
    ]);
    const text = this.block(tree, '');
    return this.one([
      `${anchors}${text}`,
      `${text}\n${anchors}`,
      `TemplateBody: |\n${text.replaceAll(/^/gm, ' ')}`,
      text,
    ]);
  }

  block(tree: Tree, indent: string): string {
    if (typeof tree !== 'object' || tree === null) return this.one([JSON.stringify(tree), String(tree)]);

    const [[name = '', argument = null] = [], ...others] = Object.entries(tree);
    if (!Array.isArray(tree) && others.length === 0 && this.random() < 0.5 && /^(?:Ref|Fn::\w+)$/.test(name))
      return `!${name.replace('Fn::', '')} ${JSON.stringify(argument)}`;

    const lines = Object.entries(tree).map(
      ([key, one]) =>
        `${indent}${Array.isArray(tree) ? '-' : `${JSON.stringify(key)}:`} ${this.block(one, `${indent} `)}`,
    );
    return lines.length === 0 ? JSON.stringify(tree) : `\n${lines.join('\n')}`;
  }

  /** A text with parts left out, repeated, exchanged or broken. */
  broken(text: string): string {
    let left = text;
    for (let edit = this.below(4); edit >= 0; edit -= 1) {
      const from = Math.floor(this.random() * left.length);
      const to = from + this.below(left.length - from);
      const [head, part, tail] = [left.slice(0, from), left.slice(from, to), left.slice(to)];
      left = this.one([
        () => head + tail,
        () => head + part.repeat(Math.min(this.below(2_000), 1 + 4e5 / (part.length + 1))) + tail,
        () => head + (/^[[{]/.test(text) ? JSON.stringify(this.text(20_000)).slice(1, -1) : this.text(20_000)) + tail,
        () => head,
        () => `${this.one(['\ufeff', '\u0000', '\t', '%YAML 1.1\n---\n', '#'])}${left}`,
        () => head + this.one(['[', '{', '(', '- ', ' ']).repeat(this.below(100_000)) + tail,
      ])();
    }
    return left;
  }

  /** A sample in which a list, or an object, has one of its parts many times, each with names of its own. */
  grown(text: string): string {
    const tree = JSON.parse(text) as Tree;
    const { holder } = this.one(placesOf(tree));
    const part = JSON.stringify(this.one(Object.values(holder)) ?? null);
    const count = this.below(Math.min(2_000, 3e6 / part.length));
    const ids = String.raw`(?<="(?:address|urn|LogicalResourceId|key|name)":")[\w:/.$-]+`;
    const names = new RegExp(this.one([ids, `${ids}|\\b[a-z]+-[0-9a-z]{8,}`]), 'g');
    for (let at = 0; at < count; at += 1) {
      const other = JSON.parse(part.replaceAll(names, (name) => `${name}${at}`)) as Tree;
      if (Array.isArray(holder)) holder.push(other);
      else holder[`grown${at}`] = other;
    }
    return JSON.stringify(tree);
  }

  /** Resources of a plan of Terraform in modules inside of each other, with values that are open or sensitive. */
  terraform(sample: string): string {
    const document = JSON.parse(sample) as { resource_changes: Members[]; configuration: Members };
    const module = this.many(90, () => `module.${this.one(NAMES)}${this.one(['', '[0]', '["a.b"]'])}.`).join('');
    let root: Tree = document.configuration['root_module'] ?? {};
    for (const name of this.many(90, () => this.one(NAMES))) root = { module_calls: { [name]: { module: root } } };
    document.configuration['root_module'] = root;
    for (const resource of document.resource_changes) {
      if (this.random() < 0.7) resource['address'] = `${module}${String(resource['address'])}`;
      const change = resource['change'] as Members;
      const after = change['after'];
      if (typeof after !== 'object' || after === null || Array.isArray(after)) continue;
      const marks = Object.fromEntries(Object.keys(after).map((name) => [name, this.random() < 0.3]));
      change[this.one(['after_unknown', 'after_sensitive'])] = this.one<Tree>([marks, true, this.value(3)]);
      if (this.random() < 0.2) after[this.one(Object.keys(after))] = this.text();
    }
    return JSON.stringify(document);
  }

  /** An expression of a configuration that a plan leaves open. */
  expression(): readonly [locals: string, expression: string] {
    const [locals, one] = this.one(Object.values(HOSTILE));
    const [more, other] = this.one(Object.values(HOSTILE));
    const name = this.one([
      'join',
      'concat',
      'merge',
      'flatten',
      'jsonencode',
      'format',
      'regex',
      'cidrsubnet',
      'replace',
    ]);
    return [
      `${locals}\n${more}`,
      this.one([`${name}(${one}, ${other})`, `[for k in ${one} : ${other}]`, `${one} == ${other}`, this.broken(one)]),
    ];
  }
}

/** The input of a seed. Each kind has its turn. */
export function fuzzedInput(seed: number, evaluate: (files: readonly [string, string]) => unknown): FuzzedInput {
  const maker = new Maker(seeded(seed));
  const kinds = [
    ...FILES,
    ['an expression', '', (text: string) => evaluate(JSON.parse(text))] as (typeof FILES)[number],
  ];
  const [kind, sample, use] = kinds[seed % kinds.length] as (typeof FILES)[number];
  if (kind === 'an expression') return { kind, use, text: JSON.stringify(maker.expression()) };

  const made = (): string => {
    if (kind.startsWith('a template'))
      return maker.one([JSON.stringify, (one: Tree) => maker.yaml(one)])(maker.template());
    if (kind === 'an assembly') {
      const artifacts = maker.members(maker.one([5, 5, 2_500]), () => ({
        environment: 'aws://unknown-account/eu-west-1',
        properties: maker.one<Members>([
          { templateFile: 'a.json' },
          { templateFile: 'b.json' },
          { directoryName: 'me' },
        ]),
      }));
      const files = { 'manifest.json': { artifacts }, 'a.json': maker.template(), 'b.json': maker.template() };
      return JSON.stringify(
        Object.fromEntries(Object.entries(files).map(([name, one]) => [name, JSON.stringify(one)])),
      );
    }
    if (kind.endsWith('of Terraform')) return maker.terraform(sample);
    return kind === 'a spec' ? maker.yaml(JSON.parse(sample) as Tree) : maker.grown(sample);
  };
  const edits = maker.many(4, () => [maker.below(1e9), maker.below(1e9), maker.random() < 0.5] as const);
  const inAssembly = (text: string): string => (kind === 'an assembly' ? JSON.stringify(assemblyOf(text)) : text);
  const text = maker.one([
    made,
    made,
    () => maker.grown(sample),
    () => hostile(maker.grown(sample), edits),
    () => inAssembly(maker.broken(kind === 'an assembly' ? JSON.stringify(maker.template()) : sample)),
    () => inAssembly(maker.broken(kind === 'a spec' ? maker.yaml(JSON.parse(sample) as Tree) : sample)),
  ])();
  return { kind, text, use };
}
