import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import type { Given } from '../state/given.js';
import { clientError } from './request.js';
import type { ContainerDefinition } from './state.js';
import { isOfEcr } from './task/image-pull.js';

type Input = Given<RegisterTaskDefinitionRequest>;

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/**
 * The sizes of memory, in MiB, that Fargate has for a number of CPU units.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
const FARGATE_SIZES: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: range(1024, 4096, 1024),
  1024: range(2048, 8192, 1024),
  2048: range(4096, 16_384, 1024),
  4096: range(8192, 30_720, 1024),
  8192: range(16_384, 61_440, 4096),
  16_384: range(32_768, 122_880, 8192),
};

/** `256`, `.25 vCPU`; `512`, `0.5 GB`: the form in which the service answers them. @throws {ServiceError} `ClientException` */
export function sizeOf(text: string | undefined, unit: RegExp, member: string): string | undefined {
  if (text === undefined) return undefined;

  const [, number = '', suffix = ''] = /^(\d+|\d*\.\d+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  if (suffix === '' && /^\d+$/.test(number)) return number;
  if (number === '' || !unit.test(suffix)) throw clientError(`Invalid '${member}' setting for task.`); // [U]

  return String(Math.round(Number(number) * 1024));
}

/** What the task definition can run on. @throws {ServiceError} `ClientException` */
export function checkTaskDefinition(
  input: Input,
  { cpu, memory }: { readonly cpu: string | undefined; readonly memory: string | undefined },
): ('EC2' | 'FARGATE')[] {
  if (!/^[\w-]{1,255}$/.test(input.family)) throw clientError('Family contains invalid characters.');
  if (input.containerDefinitions.length === 0) throw clientError('Container list cannot be empty.');

  checkContainers(input, memory);
  const problem = fargateProblem(input, cpu, memory);
  const wanted = input.requiresCompatibilities ?? [];
  if (wanted.includes('FARGATE') && problem !== undefined) throw clientError(problem);

  return problem === undefined ? ['EC2', 'FARGATE'] : ['EC2'];
}

function checkContainers(input: Input, memory: string | undefined): void {
  const { containerDefinitions: containers, networkMode } = input;
  const names = new Set<string>();
  for (const { name, image, memory: own, memoryReservation, portMappings = [] } of containers) {
    if (name === undefined || !/^[\w-]{1,255}$/.test(name)) {
      throw clientError(`Invalid container name '${name ?? ''}'.`); // [U]
    }
    if (names.has(name)) throw clientError(`Duplicate container name '${name}'.`); // [U]

    names.add(name);
    if (image === undefined || image === '') throw clientError('Container.image should not be null or empty.');
    if (own === undefined && memoryReservation === undefined && memory === undefined) {
      const message = "At least one of 'memory' or 'memoryReservation' must be specified.";
      throw clientError(`Invalid setting for container '${name}'. ${message}`);
    }
    if (networkMode !== 'awsvpc' && networkMode !== 'host') continue;
    if (portMappings.some(({ containerPort, hostPort }) => (hostPort ?? 0) !== 0 && hostPort !== containerPort)) {
      const message = 'the host ports and container ports in port mappings must match.';
      throw clientError(`When networkMode=${networkMode}, ${message}`);
    }
  }
  if (containers.every(({ essential }) => essential === false)) {
    throw clientError('At least one container must be marked as essential.'); // [U]
  }
}

function fargateProblem(
  { networkMode, executionRoleArn, containerDefinitions }: Input,
  cpu: string | undefined,
  memory: string | undefined,
): string | undefined {
  if (networkMode !== 'awsvpc') return 'Fargate only supports network mode ‘awsvpc’.';
  if (cpu === undefined) return "Fargate requires that 'cpu' be defined at the task level.";
  if (memory === undefined) return "Fargate requires that 'memory' be defined at the task level.";
  if (FARGATE_SIZES[Number(cpu)]?.includes(Number(memory)) !== true) {
    return `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`;
  }

  // https://github.com/hashicorp/terraform-provider-aws/issues/3051, https://github.com/virtual-kubelet/virtual-kubelet/issues/193
  const needs = containerDefinitions.some(({ image = '' }) => isOfEcr(image))
    ? 'ECR images'
    : containerDefinitions.some(({ logConfiguration: log }) => log?.logDriver === 'awslogs') && 'log driver awslogs';
  return needs !== false && executionRoleArn === undefined
    ? `Fargate requires task definition to have execution role ARN to support ${needs}.`
    : undefined;
}

/** A container with the defaults that the service writes into it. */
export function completeContainer(given: ContainerDefinition, networkMode: string): ContainerDefinition {
  const { cpu = 0, essential = true, environment = [], mountPoints = [], volumesFrom = [] } = given;
  const portMappings = (given.portMappings ?? []).map((one) => {
    const own = networkMode === 'awsvpc' || networkMode === 'host' ? one.containerPort : 0;
    const hostPort = one.containerPortRange === undefined ? (one.hostPort ?? own) : undefined;
    return { ...one, hostPort, protocol: one.protocol ?? ('tcp' as const) };
  });
  const systemControls = given.systemControls ?? [];
  return { ...given, cpu, essential, environment, mountPoints, volumesFrom, portMappings, systemControls };
}
