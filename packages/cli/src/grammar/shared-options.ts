import { drainSeconds, linkIds, texts, wholeNumber, portNumber } from './options.js';

/** The region of links without one. */
export const region = {
  flags: '--region <region>',
  description: 'region where the spec names none',
} as const;
/** Regions besides those of the spec. */
export const alsoRegion = {
  flags: '--also-region <region>',
  description: 'also look for what the spec owns in this region, which it does not name (repeatable)',
  parse: texts,
} as const;
/** Which cloud. */
export const provider = {
  flags: '--provider <name>',
  description: 'the cloud; by default the one whose IDs or regions look like those given, else aws',
  choices: ['aws', 'alibaba'],
  ofClouds: true,
} as const;
/** Which kind of link, where an ID or a name is that of several. */
export const kind = {
  flags: '--kind <kind>',
  description: 'kind of the link: vpc-link-v2 or vpc-link-v1 (AWS); by default any that matches',
} as const;
export const profile = { flags: '--profile <name>', description: 'profile of the credentials file' } as const;
/** The spec as an option. */
export const spec = {
  flags: '-f, --spec <file>',
  description:
    'the spec; by default postern.{yaml,yml,json} of this folder; again for an overlay, which changes what came before',
  parse: texts,
} as const;
/** What links sent, as their cloud logs it. */
export const flowLogs = {
  flags: '--flow-logs',
  description:
    "also read what flow logs of the links' interfaces show of the last hour (AWS: those in CloudWatch Logs)",
} as const;
/** Values of the spec's own variables. */
export const variable = {
  flags: '--var <name=value>',
  description: 'value of ${var:name} in the spec (repeatable)',
  parse: texts,
} as const;
/** Clouds besides those that the command brings. */
export const cloud = {
  flags: '--cloud <file>',
  description:
    'a program, or an installed package, that brings another cloud: default export { cloud, driver } (repeatable)',
  parse: texts,
} as const;
/** Every gateway, not only those of the spec. */
export const all = {
  flags: '--all',
  description: 'read every gateway, for routes on those that the spec no longer names',
} as const;
/** Each change of a plan. */
export const full = {
  flags: '--full',
  description: 'list each change, however many there are',
} as const;
/** A part of the spec. */
export const only = {
  flags: '--only <names...>',
  description:
    'only these links, integrations and targets (orders/main), and the links that they need; write [spec] before it',
} as const;
/** For use without a person who can confirm. */
export const yes = { flags: '-y, --yes', description: 'do not ask' } as const;
/** The project whose marks are looked up. */
export const project = {
  flags: '--project <name>',
  description: "the project; by default the spec's",
} as const;

/** Replaces the identity in a spec file that is lost. */
export const specId = {
  flags: '--spec-id <identity>',
  description:
    "identity of the spec (`spec:`, the link's tag postern:owner); by default the spec's, or with --project that of a program of the project",
} as const;
export const allowPurchase = {
  flags: '--allow-purchase',
  description: 'allow the purchases in the plan, at the price that it shows',
} as const;
export const deleteAllRoutes = {
  flags: '--delete-all-routes',
  description: 'delete every route of a spec that no longer declares any',
} as const;
export const maxDeletes = {
  flags: '--max-deletes <number>',
  description:
    'links, targets and routes that may be deleted; by default 2, or up to 5 where that is at most 20 % of what the spec owns',
  parse: wholeNumber(0, 1_000_000),
} as const;
export const deleteInstances = {
  flags: '--delete-instances [ids]',
  description:
    'also delete links that would have to be bought again; with IDs (A,B) exactly these, also those that are not sold any more',
  parse: linkIds,
} as const;
export const prune = {
  flags: '--prune',
  description:
    'also delete undeclared resources whose mark does not name them, such as one that was copied from another resource',
} as const;
export const replaceFailed = {
  flags: '--replace-failed',
  description: 'replace failed links of this project, and delete the failed ones',
} as const;
export const ignoreFindings = {
  flags: '--ignore-findings <check[:subject]>',
  description: 'go on with errors of this check (path/*: of this family), or of one subject of it (repeatable)',
  parse: texts,
} as const;
export const drain = {
  flags: '--drain <duration>',
  description:
    'wait so long for calls in flight before a link or target is deleted, or an allowlist narrowed: 60, 90s, 5m; 0: no wait',
  parse: drainSeconds,
} as const;
export const noProbe = {
  flags: '--no-probe',
  description: 'do not test a new link before routes use it, and do not call routes after they moved to it',
} as const;
export const maxParallel = {
  flags: '--max-parallel <number>',
  description: 'units that run in parallel',
  parse: wholeNumber(1, 64),
} as const;

/** A file in the place of the clouds. */
export const snapshotFile = {
  flags: '--snapshot <file>',
  description: 'read this snapshot, without any call; - is standard input',
} as const;

/** What is on the other side of peerings and endpoints. */
export const otherSnapshots = {
  flags: '--with <file>',
  description: 'also read this snapshot of another account or region: paths go on there (repeatable)',
  parse: texts,
} as const;

export const pictureFormat = {
  flags: '--format <format>',
  description: 'svg, dot (Graphviz), mermaid (Markdown) or html',
  choices: ['svg', 'dot', 'mermaid', 'html'],
} as const;
export const pictureOutput = {
  flags: '-o, --output <file>',
  description: 'write the picture to this file',
  writes: true,
} as const;

/** Who receives changes of verdicts. */
export const notify = {
  flags: '--notify <kind=target>',
  description:
    'also report changes of verdicts to webhook=URL, slack=URL or github=FILE, the text of an issue (repeatable); a URL may be @env:NAME or @FILE',
  parse: texts,
  writes: true,
  fileOf: (text: string) => /^github=(.+)$/s.exec(text)?.[1],
} as const;

/** Metrics for Prometheus over HTTP. */
export const metricsPort = {
  flags: '--metrics-port <port>',
  description: 'serve metrics for Prometheus at /metrics of this port; 0 selects a free one',
  parse: portNumber(0),
} as const;
export const metricsHost = {
  flags: '--metrics-host <address>',
  description: 'address to serve metrics on; by default 127.0.0.1',
} as const;

/** The format of a report, and where it is written. */
export const reportFormats = [
  { flags: '--sarif', description: 'print SARIF, for code scanning' },
  { flags: '--junit', description: "print JUnit's XML, for CI systems" },
  { flags: '--md', description: 'print Markdown, for a comment' },
  { flags: '-o, --output <file>', description: 'write the report to this file', writes: true },
] as const;

/** How routes are called. */
export const header = {
  flags: '--header <header>',
  description: "send this header, as in 'x-api-key: VALUE', or those of @FILE or @env:NAME (repeatable)",
  parse: texts,
} as const;
export const pathOfRoute = {
  flags: '--path <route=path>',
  description: "the path for a route, as in 'GET /orders/{id}=/orders/7' (repeatable)",
  parse: texts,
} as const;
export const host = {
  flags: '--host <gateway=name>',
  description: 'call a gateway by this custom domain, with its base path (repeatable)',
  parse: texts,
} as const;

/** Checks besides those of the command. */
export const ownChecks = {
  flags: '--checks <file>',
  description: 'run the checks that this program exports, too (repeatable; docs/write-a-check.md)',
  parse: texts,
} as const;

export const waitForDrain = { flags: '--wait', description: 'wait for the end of the drain' } as const;
export const editedSpec = {
  ...spec,
  description: 'the spec that --write edits; by default postern.yaml, .yml or .json of this folder',
} as const;

/** The region of what no spec declares. */
export const regionToRead = { flags: '--region <region>', description: 'the region to read' } as const;
