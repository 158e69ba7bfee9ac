import type { Answer } from '../../../apis/actions.js';

/**
 * What is deployed of APIs, by {@link definitionKey}, since the group was read last. It has the values of constants, which may be
 * secrets: it ends with the driver that reads them, and is in no answer of it.
 */
export type Definitions = Map<string, Answer<'CloudAPI', 'DescribeDeployedApi'>>;

export const definitionKey = (apiId: string, stage: string): string => `${stage} ${apiId}`;
