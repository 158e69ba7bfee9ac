import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '@postern/core/internal/library';
import { FORMS, type Form } from '../../../cli/test/plans/forms/forms.js';
import { readRecords } from '../../../cli/test/plans/forms/records.js';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { simulate, type Simulation, type SimulationServer } from '../../src/index.js';
import { awsEnvironment, missingTerraform, run, terraformConfiguration } from '../shows/tools.js';
import { FormBook } from './plans/form-book.js';
import { ofModule, stateAsChanges } from './plans/module-plan.js';
import { refusal, settled, taken, type Members } from './plans/record.js';
import { providerProcess, type ProviderProcess } from './plans/provider-process.js';

const reason = missingTerraform();
const title = `Forms of configurations${reason === undefined ? '' : ` (skipped: ${reason})`}`;
const PARTS = fileURLToPath(new URL('../../../cli/test/plans/forms/parts/', import.meta.url));
const REGION = 'eu-west-1';
const PLACE = { regions: [REGION] };
/** The names of forms, as an expression: by default all. */
const only = new RegExp(process.env['POSTERN_FORMS'] ?? '');
/** Most of what a run costs is the schema of the provider. So first plans are made of so many forms at once, a module each. */
const AT_ONCE = 18;
/** So many networks and addresses are more than an account has by default. */
const QUOTAS = {
  vpcs: 60,
  'vpc-links': 60,
  'internet-gateways': 60,
  'elastic-ips': 60,
  'nat-gateways-per-zone': 60,
};

/** A form that is applied: the cloud and the state after it. */
interface Built {
  readonly world: ReturnType<Simulation['world']>;
  readonly state: string;
  readonly snapshot: Snapshot;
}

/** Forms that are planned at once, by the names of their modules. The root has no name. */
type Batch = ReadonlyMap<string, Form>;

/** With POSTERN_RECORD=1 what is planned and answered is written, for `packages/cli/test/plans/forms`. */
describe.skipIf(reason !== undefined)(title, () => {
  const folder = sharedTemporaryFolder();
  const simulation = simulate({ seed: 7, clock: { speed: 600 }, throttle: false, quotas: QUOTAS });
  const empty = simulation.world();
  const built = new Map<string, Built>();
  const recorded = readRecords().forms;
  const book = new FormBook();
  let server: SimulationServer;
  let provider: ProviderProcess;

  beforeAll(async () => {
    server = await simulation.listen();
    provider = await providerProcess(process.env['TF_PROVIDER_MIRROR'] ?? '', awsEnvironment(server.url, REGION));
  });
  afterAll(async () => {
    provider.end();
    await server.close();
  });

  const terraform = async (...args: readonly string[]) => {
    const env = {
      ...awsEnvironment(server.url, REGION),
      TF_CLI_CONFIG_FILE: join(folder(), 'terraform.rc'),
      CHECKPOINT_DISABLE: '1',
      GOGC: 'off', // a schema of the provider is large, and a command short
      TF_REATTACH_PROVIDERS: provider.reattach,
    };
    return run('terraform', [...args, '-no-color'], { env, cwd: folder(), timeoutMs: 1_800_000 });
  };
  const must = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await terraform(...args);
    if (status !== 0) throw new Error(`terraform ${args.join(' ')}\n${stdout}\n${stderr}`);
    return stdout;
  };
  const stateNow = (): string => readFileSync(join(folder(), 'terraform.tfstate'), 'utf8');
  /** Begins with nothing, or with what another form has built. */
  const begin = async (batch: Batch): Promise<void> => {
    const from = FORMS.find(({ name }) => name === batch.get('')?.from);
    if (from !== undefined && !built.has(from.name)) {
      await begin(new Map([['', from]]));
      await must('apply', '-auto-approve', '-input=false');
      await settled(simulation, PLACE);
      built.set(from.name, { world: simulation.world(), state: stateNow(), snapshot: await taken(simulation, PLACE) });
    }
    const base = built.get(from?.name ?? '');
    simulation.load(base?.world ?? empty);
    writeForms(batch, folder());
    if (base !== undefined && batch.get('')?.isOther !== true)
      writeFileSync(join(folder(), 'terraform.tfstate'), base.state);
    await must('init', '-input=false');
  };

  const wanted = FORMS.filter(({ name }) => only.test(name));
  const later = wanted.filter(({ from }) => from !== undefined);
  const first = wanted.filter(({ from }) => from === undefined);
  const batches = [
    ...Array.from(
      { length: Math.ceil(first.length / AT_ONCE) },
      (_, at) =>
        new Map(first.slice(at * AT_ONCE, (at + 1) * AT_ONCE).map((form, of) => [`x${10 + of}`, form] as const)),
    ),
    ...later.map((form) => new Map([['', form]])),
  ];

  it.each(batches.map((batch) => [[...batch.values()].map(({ name }) => name).join(', '), batch] as const))(
    '%s',
    { timeout: 3_600_000 },
    async (_, batch) => {
      await begin(batch);
      await must('plan', '-input=false', '-parallelism=40', '-out=plan.bin');
      const plan = JSON.parse(await must('show', '-json', 'plan.bin')) as Members;
      const applied = await terraform('apply', '-input=false', '-parallelism=40', 'plan.bin');
      await settled(simulation, PLACE);
      for (const [module, form] of batch) {
        const at = `with module.${module}.`;
        // An error of a deletion names no address.
        const refused = applied.stderr
          .split(/^Error: /m)
          .slice(1)
          .find((one) => module === '' || one.includes(at));
        const outcome =
          refused === undefined
            ? await called(simulation, form, module, stateNow())
            : ended(refusal(`Error: ${refused}`));
        const own =
          form.reads === 'state'
            ? stateAsChanges(JSON.parse(await must('show', '-json')) as Members)
            : module === ''
              ? plan
              : ofModule(plan, module);
        const { after, answers = after === 'pass' } = form.expected;
        if (!outcome.startsWith('not simulated') && (after === 'pass' || after === 'fail'))
          expect.soft(/^\d+ delivered/.test(outcome), `${form.name}: ${outcome}`).toBe(answers);
        if (process.env['POSTERN_RECORD'] !== undefined)
          book.keep(form.name, own, outcome, built.get(form.from ?? '')?.snapshot);
        else expect.soft(outcome.split(' ')[0], form.name).toBe(recorded[form.name]?.outcome.split(' ')[0]);
      }
      if (process.env['POSTERN_RECORD'] !== undefined)
        book.write(
          FORMS.map((one) => one.name),
          '1.11.4',
        );
    },
  );
});

/** The parts of forms as files, each form in a module of its own. */
function writeForms(batch: Batch, folder: string): void {
  const kept = new Set(['.terraform', '.terraform.lock.hcl']);
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'terraform.rc'), terraformConfiguration());
  for (const [module, form] of batch) {
    for (const [name, text] of filesOf(form)) {
      if (module !== '' && name === 'provider.tf') continue;
      const file = join(folder, module, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, module === '' ? text : unlike(text, module));
    }
    if (module === '') continue;
    writeFileSync(join(folder, 'provider.tf'), readFileSync(join(PARTS, 'provider.tf')));
    writeFileSync(join(folder, `${module}.tf`), `module "${module}" {\n  source = "./${module}"\n}\n`);
  }
}

/** Names of an account are of one form each. `ofModule` takes the module out of them again. */
function unlike(text: string, module: string): string {
  return text.replaceAll(/^(\s*(?:name|family)\s*=\s*"(?:\/ecs\/)?(?:orders|shop|shared|items))/gm, `$1-${module}`);
}

function filesOf({ parts, swaps, more }: Form): ReadonlyMap<string, string> {
  const files = new Map(more === '' ? [] : [['more.tf', more]]);
  const open = new Set(swaps);
  for (const [folder, names] of Object.entries(parts))
    for (const name of names.split(' ')) {
      const file = name.includes('.') ? name : `${name}.tf`;
      let text = readFileSync(join(PARTS, file), 'utf8');
      for (const swap of swaps) {
        const [part, from, to] = swap;
        if (part !== name || !text.includes(from)) continue;
        open.delete(swap);
        text = text.replaceAll(from, () => to);
      }
      files.set(join(folder, file), text);
    }
  for (const [part, from] of open) throw new Error(`${part} does not have ${from}`);
  return files;
}

/** Why an apply ended, without what differs from run to run. */
function ended(text: string): string {
  const found = /does not simulate (\w+)|simulates no service called (\w+)|parameter (\w+) is not simulated/.exec(text);
  const what = found?.slice(1).find((one) => one !== undefined);
  return what === undefined ? `the apply is refused: ${text}` : `not simulated: ${what}`;
}

/** What a call of the form's API is answered. */
async function called(simulation: Simulation, { path, route }: Form, module: string, state: string): Promise<string> {
  const { resources } = JSON.parse(state) as {
    readonly resources: readonly {
      readonly module?: string;
      readonly type: string;
      readonly instances: readonly { readonly attributes: Members }[];
    }[];
  };
  const own = resources.filter((one) => module === '' || one.module?.split('.')[1] === module);
  const api = own.find(({ type }) => type === 'aws_apigatewayv2_api' || type === 'aws_api_gateway_rest_api');
  const host = `${String(api?.instances[0]?.attributes['id'])}.execute-api.${REGION}.amazonaws.com`;
  const method = /^(?:ANY|\$default)/.test(route) ? 'GET' : route.split(' ')[0];
  const { status, outcome, because } = await simulation.traffic.call({ host, path, method: method ?? 'GET' });
  return `${status} ${outcome} ${because ?? ''}`.trim();
}
