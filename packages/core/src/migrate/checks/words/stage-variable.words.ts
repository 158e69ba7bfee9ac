import type { CheckWords } from '../../../findings/statement.js';

interface Unknown {
  /** What names the backend. */
  readonly useText: string;
  /** `#host#`, or several with text between them. */
  readonly variable: string;
  readonly gateway: string;
  readonly stage?: string | undefined;
}

/** Where the spec has the value. A draft has no stage: it uses the value of any stage. */
function remedyFor({ gateway, stage, variable }: Unknown): string {
  const names = [...variable.matchAll(/#([^#\s]+)#/g)].map(([, name = '']) => name);
  const places = names.map((name) => `assume.stageVariables.${gateway}.${stage ?? 'RELEASE'}.${name}`);
  const where = `Write its value into the spec as ${places.join(' and ')}, and pass the spec with --spec`;
  return stage === undefined
    ? `${where}. If the value differs between stages, write it for each stage on which the draft may be published.`
    : `${where}.`;
}

/** The texts of `migrate/stage-variable`. */
export const migrateStageVariableWords = {
  title: 'The value of every stage variable that names a backend is known',
  about:
    'An authorization or an address may be a stage variable, `#NAME#`. The service has API calls to create and to delete such variables, and none to read ' +
    'them, so no snapshot contains their values. Write them into the spec under `assume.stageVariables`, by gateway, stage and name. A draft is evaluated ' +
    'with the values of each stage that has values, because it is published on one of them.',
  sources: ['https://help.aliyun.com/document_detail/43605.html'],
  says: {
    VARIABLE_NOT_KNOWN: (params: Unknown) => ({
      message: `the backend of ${params.useText} is the stage variable ${params.variable}, and no API call reports its value`,
      remedy: remedyFor(params),
    }),
  },
} satisfies CheckWords;
