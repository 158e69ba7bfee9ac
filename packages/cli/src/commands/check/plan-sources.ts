import { InvalidInputError, type Snapshot } from '@postern/core';
import {
  changeSetPlaces,
  judgeChangeSet,
  judgePulumi,
  judgeTerraform,
  pulumiPlaces,
  readChangeSet,
  readPulumi,
  readTemplate,
  readTerraform,
  terraformPlaces,
  type JudgePlanOptions,
  type PlanJudgement,
  type PlanPlace,
} from '@postern/core/overlay';
import type { CheckCommandOptions } from '../../report/check-options.js';

/** A plan that was read: what it is laid over, and how it is judged. */
export interface ReadPlan {
  /** A state says by itself what is there. */
  readonly isState: boolean;
  readonly places: (region: string | undefined) => readonly PlanPlace[];
  readonly judge: (base: Snapshot | undefined, options: JudgePlanOptions) => PlanJudgement;
}

/** The options that name a plan; one of them is given. */
export type PlanOption = 'terraform' | 'state' | 'changeSet' | 'pulumi';

/** How the file of an option is read; `template` is the text of `--template`. */
type Read = (text: string, file: string, template: TemplateFile | undefined) => ReadPlan;

interface TemplateFile {
  readonly text: string;
  readonly file: string;
}

const terraform: Read = (text, file) => {
  const document = readTerraform(text, file);
  return {
    isState: document.kind === 'state',
    places: (region) => terraformPlaces(document, region),
    judge: (base, options) => judgeTerraform(document, base, options),
  };
};

/** By option. */
export const SOURCES: Readonly<Record<PlanOption, Read>> = {
  terraform,
  state: (text, file, template) => {
    const read = terraform(text, file, template);
    if (read.isState) return read;
    throw new InvalidInputError('INVALID_INPUT', `${file}: it is a plan`, { remedy: 'Give it with --terraform.' });
  },
  changeSet: (text, file, template) => {
    const changeSet = readChangeSet(text, file);
    const declared = template && readTemplate(template.text, template.file);
    return {
      isState: false,
      places: () => changeSetPlaces(changeSet, declared),
      judge: (base, options) => judgeChangeSet(changeSet, declared, base, options),
    };
  },
  pulumi: (text, file) => {
    const preview = readPulumi(text, file);
    return {
      isState: false,
      places: (region) => pulumiPlaces(preview, region),
      judge: (base, options) => judgePulumi(preview, base, options),
    };
  },
};

/** The option that names a plan, of those that are given. */
export function planOption(options: CheckCommandOptions): PlanOption | undefined {
  return (Object.keys(SOURCES) as PlanOption[]).find((one) => options[one] !== undefined);
}
