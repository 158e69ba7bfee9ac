import { clientError, invalidParameter, family } from '../request.js';
import { arnOf, findTaskDefinition, nameOf } from '../find.js';
import type { TaskDefinitionRow } from '../state.js';
import { mergedTags, tagList } from '../tags.js';
import { checkTaskDefinition, completeContainer, sizeOf } from '../task-definition.js';
import { MAX_PORT } from '../../../simulation/ports.js';
import { limited } from '../../operation/family.js';

export const taskDefinitionOperations = family({
  /** Registers the next revision of a family. */
  RegisterTaskDefinition: {
    limits: {
      networkMode: { values: ['awsvpc', 'bridge', 'host', 'none'] },
      'requiresCompatibilities[]': { values: ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'] },
      'containerDefinitions[].portMappings[].protocol': { values: ['tcp', 'udp'] },
      'containerDefinitions[].portMappings[].containerPort': { range: [0, MAX_PORT] },
      'containerDefinitions[].portMappings[].hostPort': { range: [0, MAX_PORT] },
      tags: { length: [0, 50] },
    },
    run(call, input) {
      const cpu = sizeOf(input.cpu, /^vcpus?$/i, 'cpu');
      const memory = sizeOf(input.memory, /^gb$/i, 'memory');
      const compatibilities = checkTaskDefinition(input, { cpu, memory });
      const { containerDefinitions, tags, networkMode = 'bridge', ...further } = input;
      const revisions = [...call.state.ecs.taskDefinitions.values()].filter(
        (one) => one.fields.family === input.family,
      );
      const revision = (revisions.at(-1)?.fields.revision ?? 0) + 1;
      const arn = arnOf(call, 'task-definition', `${input.family}:${revision}`);
      const row: TaskDefinitionRow = {
        fields: {
          containerDefinitions: containerDefinitions.map((one) => completeContainer(one, networkMode)),
          volumes: [],
          placementConstraints: [],
          ...further,
          cpu,
          memory,
          networkMode,
          taskDefinitionArn: arn,
          revision,
          compatibilities,
          requiresAttributes: networkMode === 'awsvpc' ? [{ name: 'ecs.capability.task-eni' }] : [],
          registeredAt: new Date(call.now),
          registeredBy: call.caller.arn,
          status: 'ACTIVE',
        },
        tags: mergedTags({}, tags),
      };
      call.state.ecs.taskDefinitions.set(`${row.fields.family}:${revision}`, row);
      return { taskDefinition: row.fields, tags: tagList(row.tags) };
    },
  },

  /** A revision. @throws {ServiceError} `ClientException` */
  DescribeTaskDefinition: limited({ 'include[]': { values: ['TAGS'] } }, ({ state }, input) => {
    const row = findTaskDefinition(state, input.taskDefinition);
    if (row === undefined) throw clientError('Unable to describe task definition.');

    return { taskDefinition: row.fields, tags: input.include?.includes('TAGS') ? tagList(row.tags) : [] };
  }),

  /** Makes a revision inactive: running services keep it, new ones cannot use it. */
  DeregisterTaskDefinition(call, { taskDefinition: name }) {
    if (!nameOf(name).includes(':')) throw clientError('Revision is missing'); // [U]

    const row = findTaskDefinition(call.state, name);
    if (row === undefined) throw invalidParameter('The specified task definition does not exist.'); // [U]

    row.fields = { ...row.fields, deregisteredAt: row.fields.deregisteredAt ?? new Date(call.now), status: 'INACTIVE' };
    return { taskDefinition: row.fields };
  },
});
