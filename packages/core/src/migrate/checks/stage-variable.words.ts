import type { CheckWords } from '../../findings/statement.js';

interface Unknown {
  /** What leads to it. */
  readonly useText: string;
  /** `#host#`, or several with text between them. */
  readonly variable: string;
  readonly gateway: string;
  readonly stage?: string | undefined;
}

/** Where the spec has the value; a draft has no stage, and takes that of any. */
function remedyFor({ gateway, stage, variable }: Unknown): string {
  const names = [...variable.matchAll(/#([^#\s]+)#/g)].map(([, name = '']) => name);
  const places = names.map((name) => `assume.stageVariables.${gateway}.${stage ?? 'RELEASE'}.${name}`);
  const where = `Write its value into the spec as ${places.join(' and ')}, and name the spec with --spec`;
  return stage === undefined
    ? `${where}; where it differs between stages, for each on which the draft may be published.`
    : `${where}.`;
}

/** The texts of `migrate/stage-variable`. */
export const migrateStageVariableWords = {
  title: 'No backend stands behind a stage variable whose value nobody knows',
  about:
    'An authorisation or an address may be written as a stage variable, `#NAME#`. The service has calls to make and to delete such variables, and none to read ' +
    'them, so no snapshot holds their values. Write them into the spec under `assume.stageVariables`, by gateway, stage and name. A draft counts as ' +
    'what it would be on each stage that has values: it is published on one of them.',
  sources: ['https://help.aliyun.com/document_detail/43605.html'],
  says: {
    VARIABLE_NOT_KNOWN: (params: Unknown) => ({
      message: `${params.useText} leads to ${params.variable}, a stage variable, and no call tells what it holds`,
      remedy: remedyFor(params),
    }),
  },
} satisfies CheckWords;
