import { option, drainSeconds, linkIds, texts, wholeNumber, portNumber } from './options.js';

/** The region of links without one. */
export const region = option('--region <region>', 'region where the spec names none');
/** Regions besides those of the spec. */
export const alsoRegion = option(
  '--also-region <region>',
  'also look for what the spec owns in this region, which it does not name (repeatable)',
  { parse: texts },
);
/** Which cloud. */
export const provider = option(
  '--provider <name>',
  'the cloud; by default the one whose IDs or regions look like those given, else aws',
  { choices: ['aws', 'alibaba'], ofClouds: true },
);
/** Which kind of link, where an ID or a name is that of several. */
export const kind = option(
  '--kind <kind>',
  'kind of the link: vpc-link-v2 or vpc-link-v1 (AWS); by default any that matches',
);
export const profile = option('--profile <name>', 'profile of the credentials file');
/** The spec as an option. */
export const spec = option(
  '-f, --spec <file>',
  'the spec; by default postern.{yaml,yml,json} of this folder; again for an overlay, which changes what came before',
  { parse: texts },
);
/** What links sent, as their cloud logs it. */
export const flowLogs = option(
  '--flow-logs',
  "also read what flow logs of the links' interfaces show of the last hour (AWS: those in CloudWatch Logs)",
);
/** Values of the spec's own variables. */
export const variable = option('--var <name=value>', 'value of ${var:name} in the spec (repeatable)', { parse: texts });
/** Clouds besides those that the command brings. */
export const cloud = option(
  '--cloud <file>',
  'a program, or an installed package, that brings another cloud: default export { cloud, driver } (repeatable)',
  { parse: texts },
);
/** Every gateway, not only those of the spec. */
export const all = option('--all', 'read every gateway, for routes on those that the spec no longer names');
/** Each change of a plan. */
export const full = option('--full', 'list each change, however many there are');
/** A part of the spec. */
export const only = option(
  '--only <names...>',
  'only these links, integrations and targets (orders/main), and the links that they need; write [spec] before it',
);
/** For use without a person who can confirm. */
export const yes = option('-y, --yes', 'do not ask');
/** The project whose marks are looked up. */
export const project = option('--project <name>', "the project; by default the spec's");

/** Replaces the identity in a spec file that is lost. */
export const specId = option(
  '--spec-id <identity>',
  "identity of the spec (`spec:`, the link's tag postern:owner); by default the spec's, or with --project that of a program of the project",
);
export const allowPurchase = option('--allow-purchase', 'allow the purchases in the plan, at the price that it shows');
export const deleteAllRoutes = option(
  '--delete-all-routes',
  'delete every route of a spec that no longer declares any',
);
export const maxDeletes = option(
  '--max-deletes <number>',
  'links, targets and routes that may be deleted; by default 2, or up to 5 where that is at most 20 % of what the spec owns',
  { parse: wholeNumber(0, 1_000_000) },
);
export const deleteInstances = option(
  '--delete-instances [ids]',
  'also delete links that would have to be bought again; with IDs (A,B) exactly these, also those that are not sold any more',
  { parse: linkIds },
);
export const prune = option(
  '--prune',
  'also delete undeclared resources whose mark does not name them, such as one that was copied from another resource',
);
export const replaceFailed = option(
  '--replace-failed',
  'replace failed links of this project, and delete the failed ones',
);
export const ignoreFindings = option(
  '--ignore-findings <check[:subject]>',
  'go on with errors of this check (path/*: of this family), or of one subject of it (repeatable)',
  { parse: texts },
);
export const drain = option(
  '--drain <duration>',
  'wait so long for calls in flight before a link or target is deleted, or an allowlist narrowed: 60, 90s, 5m; 0: no wait',
  { parse: drainSeconds },
);
export const noProbe = option(
  '--no-probe',
  'do not test a new link before routes use it, and do not call routes after they moved to it',
);
export const maxParallel = option('--max-parallel <number>', 'units that run in parallel', {
  parse: wholeNumber(1, 64),
});

/** A file in the place of the clouds. */
export const snapshotFile = option('--snapshot <file>', 'read this snapshot, without any call; - is standard input');

/** What is on the other side of peerings and endpoints. */
export const otherSnapshots = option(
  '--with <file>',
  'also read this snapshot of another account or region: paths go on there (repeatable)',
  { parse: texts },
);

export const pictureFormat = option('--format <format>', 'svg, dot (Graphviz), mermaid (Markdown) or html', {
  choices: ['svg', 'dot', 'mermaid', 'html'],
});
export const pictureOutput = option('-o, --output <file>', 'write the picture to this file', { writes: true });

/** Who receives changes of verdicts. */
export const notify = option(
  '--notify <kind=target>',
  'also report changes of verdicts to webhook=URL, slack=URL or github=FILE, the text of an issue (repeatable); a URL may be @env:NAME or @FILE',
  { parse: texts, writes: true, fileOf: (text: string) => /^github=(.+)$/s.exec(text)?.[1] },
);

/** Metrics for Prometheus over HTTP. */
export const metricsPort = option(
  '--metrics-port <port>',
  'serve metrics for Prometheus at /metrics of this port; 0 selects a free one',
  { parse: portNumber(0) },
);
export const metricsHost = option('--metrics-host <address>', 'address to serve metrics on; by default 127.0.0.1');

/** The format of a report, and where it is written. */
export const reportFormats = [
  option('--sarif', 'print SARIF, for code scanning'),
  option('--junit', "print JUnit's XML, for CI systems"),
  option('--md', 'print Markdown, for a comment'),
  option('-o, --output <file>', 'write the report to this file', { writes: true }),
] as const;

/** How routes are called. */
export const header = option(
  '--header <header>',
  "send this header, as in 'x-api-key: VALUE', or those of @FILE or @env:NAME (repeatable)",
  { parse: texts },
);
export const pathOfRoute = option(
  '--path <route=path>',
  "the path for a route, as in 'GET /orders/{id}=/orders/7' (repeatable)",
  { parse: texts },
);
export const host = option(
  '--host <gateway=name>',
  'call a gateway by this custom domain, with its base path (repeatable)',
  { parse: texts },
);

/** Checks besides those of the command. */
export const ownChecks = option(
  '--checks <file>',
  'run the checks that this program exports, too (repeatable; docs/write-a-check.md)',
  { parse: texts },
);

export const waitForDrain = option('--wait', 'wait for the end of the drain');
export const editedSpec = {
  ...spec,
  description: 'the spec that --write edits; by default postern.yaml, .yml or .json of this folder',
} as const;

/** The region of what no spec declares. */
export const regionToRead = option('--region <region>', 'the region to read');
