/** Commands of Terraform and kubectl that are one command here, and no other. */
const ALIASES: Readonly<Record<string, string>> = { delete: 'destroy', diff: 'plan', logs: 'log' };

/** A call by the name of the command here: `diff` is `plan`, `get links` is `links`. */
export function withOwnName(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  if (first === 'help') return [first, ...withOwnName(rest)];
  if (first === 'get' && /^(?:links|gateways)$/.test(rest[0] ?? '')) return rest;

  const own = Object.hasOwn(ALIASES, first ?? '') ? ALIASES[first ?? ''] : undefined;
  return own === undefined ? argv : [own, ...rest];
}

/** Commands of other tools, and what does here what they do there. */
const COMMANDS: Readonly<Record<string, string>> = {
  '--help': 'postern help, or postern help COMMAND',
  version: 'postern --version',
  upgrade: 'postern --version, and install another one with npm',
  update: 'postern --version, and install another one with npm',
  status: 'postern plan: what differs from the spec. postern list shows what the spec owns',
  preview: 'postern plan',
  refresh: 'postern plan: it always reads the current state',
  up: 'postern apply',
  deploy: 'postern apply',
  why: 'postern explain',
  describe: 'postern explain',
  console: 'postern explain',
  scan: 'postern check',
  get: 'postern links, postern gateways or postern list',
  ls: 'postern list',
  state: 'postern list',
  output: 'postern list --json',
  workspace: 'postern plan FILE: each spec is a file of its own',
  taint: 'postern apply --replace-failed, which replaces a link that failed',
  providers: 'postern doctor',
  create: 'postern apply',
  edit: 'postern plan, after a change of the spec',
  'force-unlock': 'postern log: it names the process that holds the lock',
  wait: 'postern apply: it waits for what it creates',
  rollout: 'postern shift, or postern migrate',
  rollback: 'postern migrate rollback, or postern handover rollback',
  whoami: 'postern doctor',
  login: 'postern doctor: it says where credentials come from',
  dev: 'postern simulate',
  tail: 'postern watch',
  remove: 'postern destroy',
  rm: 'postern destroy',
  lint: 'postern validate, or postern check, which looks at the network',
  test: 'postern check, or postern probe, which calls the live routes',
  terraform: 'postern check --terraform FILE, with the plan file of Terraform',
};

/** What names a form of output in other tools, and would be the name of a file here. */
const FORMS = new Set(['json', 'yaml', 'wide', 'table', 'name']);

/** Said where `-o json` writes a file of that name. */
export function noteOfForm(file: string): string | undefined {
  return FORMS.has(file) ? `-o ${file} writes a file with the name ${file}; --json prints JSON` : undefined;
}

/** Options of other tools. */
const OPTIONS: Readonly<Record<string, string>> = {
  '--watch': 'Write `postern watch`, which checks again and again.',
  '--auto-approve': 'Write --yes.',
  '-auto-approve': 'Write --yes.',
  '--dry-run': 'Write `postern plan`, which changes nothing.',
  '--target': 'Write --only.',
  '-target': 'Write --only.',
  '--out': 'Write -o or --output.',
  '-out': 'Write -o or --output.',
  '-output': 'Write -o or --output.',
  '--format': 'Write --json.',
  '-format': 'Write --json.',
  '--percent': 'Write --steps, with the shares of all steps: --steps 5,25,100.',
  '--snapshot':
    'Leave it out: this command reads the clouds. `check`, `explain`, `graph` and `rehearse` take a snapshot.',
  '--skip-check': 'Write --skip, or an `ignore` entry of the spec with its reason.',
  '--soft-fail': 'Leave it out: write an `ignore` entry of the spec with its reason, or --baseline.',
  '--profile':
    'Write `profile` of the link in the spec, or set the variable of the cloud: AWS_PROFILE, ALIBABA_CLOUD_PROFILE.',
  '-v': 'Write --version.',
  '-chdir': 'Run the command in that folder, or name the spec with --spec.',
};

/**
 * An option of another tool that would be read as `-o` or `-f` with the rest as its file: `-out=plan.json`, `-out`, `-format=json`.
 * What follows `--` is not an option.
 */
export function optionOfAnotherTool(argv: readonly string[]): string | undefined {
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  return options.find((word) => /^-(?:[a-z]{2,}=.*|out|output|format)$/s.test(word));
}

/** What to write in place of a command or an option of another tool. `said`: what is wrong with the command line. */
export function wordOfAnotherTool(said: string): string | undefined {
  const [, command = ''] = /^unknown command '([^']+)'/.exec(said) ?? [];
  const [, option = ''] = /^unknown option '([^'=]+)/.exec(said) ?? [];
  const [, given = '', choices = ''] = /argument '([^']+)' is invalid\. Allowed choices are ([^]+)$/.exec(said) ?? [];
  const choice = choices
    .replace(/\.$/, '')
    .split(', ')
    .find((one) => one.startsWith(given) || given.startsWith(one));
  if (given !== '' && choice !== undefined && choice !== '') return `Did you mean ${choice}?`;

  const [, lacking] = /^option '(?:-\w, )?(--[^' ]+ <[^']+>)' argument missing/.exec(said) ?? [];
  if (lacking !== undefined) return `Write it with its value: ${lacking}.`;

  if (Object.hasOwn(COMMANDS, command)) return `Write ${COMMANDS[command]}.`;

  return Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined;
}
