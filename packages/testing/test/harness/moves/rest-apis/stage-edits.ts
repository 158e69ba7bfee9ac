import type { Edit } from '../../../../src/internal/harness.js';
import { caller, type Row } from '../aws-edits.js';

/** What a second operator may do while a stage moves. */
export function restEdits({
  restApiId,
  v1,
}: {
  readonly restApiId: string;
  readonly v1: string;
}): Readonly<Record<string, Edit>> {
  const rest = caller('apigateway', { restApiId });
  return {
    deploy: {
      stops: true,
      make: (sim) => rest(sim)('CreateDeployment', { stageName: 'prod', description: 'by hand' }),
    },
    'old-deployment': {
      stops: true,
      make: (sim) => {
        const first = rest(sim)('GetDeployments').items.find(
          ({ description }: Row) => description === undefined || !description.startsWith('postern'),
        );
        rest(sim)('UpdateStage', {
          stageName: 'prod',
          patchOperations: [{ op: 'replace', path: '/deploymentId', value: first.id }],
        });
      },
    },
    'other-variable': {
      stops: true,
      make: (sim) =>
        rest(sim)('UpdateStage', {
          stageName: 'prod',
          patchOperations: [{ op: 'replace', path: '/variables/color', value: v1 }],
        }),
    },
  };
}
