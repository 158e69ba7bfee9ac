import { InvalidInputError, type Snapshot } from '@postern/core/internal/library';
import {
  askChangeSet,
  askPulumi,
  askTemplates,
  askTerraform,
  changeSetPlaces,
  judgeChangeSet,
  judgePulumi,
  judgeTemplates,
  judgeTerraform,
  pulumiPlaces,
  readAssembly,
  readChangeSet,
  readPulumi,
  readTemplate,
  readTerraform,
  templatePlaces,
  terraformPlaces,
  type AskedPlan,
  type AskPlanOptions,
  type JudgePlanOptions,
  type PlanJudgement,
  type PlanPlace,
  type PlansOption,
  type Sources,
} from '@postern/core/internal/overlay';
import type { CheckCommandOptions } from '../../report/finding-options.js';
import type { StackFiles } from './stack-files.js';

/** A plan that was read: what it is laid over, and how it is judged. */
export interface ReadPlan {
  /** A state says by itself what is there. */
  readonly isState: boolean;
  readonly places: (region: string | undefined) => readonly PlanPlace[];
  readonly judge: (base: Snapshot | undefined, options: Omit<JudgePlanOptions, 'plans'>) => PlanJudgement;
  /** What is found by carrying it out on simulated twins. */
  readonly ask: (base: Snapshot, options: Omit<AskPlanOptions, 'plans'>) => Promise<AskedPlan>;
}

/** The options that name a plan; one of them is given. */
export type PlanOption = 'terraform' | 'state' | 'changeSet' | 'pulumi' | 'template';

/** How the file of an option is read; `template` is the text of `--template`. */
type Read = (text: string, file: string, types: PlansOption, beside: Beside) => ReadPlan;

/** What is given beside a plan. */
export interface Beside {
  readonly template?: TemplateFile | undefined;
  readonly sources?: Sources | undefined;
  /** What a template is judged with that has no change set. */
  readonly stacks?: StackFiles | undefined;
}

interface TemplateFile {
  readonly text: string;
  readonly file: string;
}

const terraform: Read = (text, file, types, { sources }) => {
  const document = readTerraform(text, file, sources);
  return {
    isState: document.kind === 'state',
    places: (region) => terraformPlaces(document, { ...types, region }),
    judge: (base, options) => judgeTerraform(document, base, { ...types, ...options }),
    ask: (base, options) => askTerraform(document, base, { ...types, ...options }),
  };
};

export const SOURCES: Readonly<Record<PlanOption, Read>> = {
  terraform,
  state: (text, file, types, beside) => {
    const read = terraform(text, file, types, beside);
    if (read.isState) return read;

    throw new InvalidInputError('INVALID_INPUT', `${file}: it is a plan`, { remedy: 'Give it with --terraform.' });
  },
  changeSet: (text, file, types, { template }) => {
    const changeSet = readChangeSet(text, file);
    const declared = template && readTemplate(template.text, template.file);
    return {
      isState: false,
      places: () => changeSetPlaces(changeSet, declared, types),
      judge: (base, options) => judgeChangeSet(changeSet, declared, base, { ...types, ...options }),
      ask: (base, options) => askChangeSet(changeSet, declared, base, { ...types, ...options }),
    };
  },
  template: (text, file, types, { stacks: { read, stack, parameters } = {} }) => {
    const stacks =
      read === undefined
        ? [{ template: readTemplate(text, file), name: stack, parameters }]
        : readAssembly(read, { stack, parameters });
    return {
      isState: false,
      places: (region) => templatePlaces(stacks, { ...types, region }),
      judge: (base, options) => judgeTemplates(stacks, base, { ...types, ...options }),
      ask: (base, options) => askTemplates(stacks, base, { ...types, ...options }),
    };
  },
  pulumi: (text, file, types) => {
    const preview = readPulumi(text, file);
    return {
      isState: false,
      places: (region) => pulumiPlaces(preview, { ...types, region }),
      judge: (base, options) => judgePulumi(preview, base, { ...types, ...options }),
      ask: (base, options) => askPulumi(preview, base, { ...types, ...options }),
    };
  },
};

/** The option that names a plan, of those that are given; a template is one where nothing else is. */
export function planOption(options: CheckCommandOptions): PlanOption | undefined {
  return (Object.keys(SOURCES) as PlanOption[]).find((one) => options[one] !== undefined);
}
