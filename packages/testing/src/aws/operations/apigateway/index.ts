import type { AnyOperation } from '../../operation.js';
import { operations as account } from './account/index.js';
import { operations as apis } from './apis/index.js';
import { operations as authorizers } from './authorizers/index.js';
import { operations as deployments } from './deployments/index.js';
import { operations as domains } from './domains/index.js';
import { operations as exports } from './exports/index.js';
import { operations as imports } from './import/index.js';
import { operations as links } from './links/index.js';
import { operations as methods } from './methods/index.js';
import { operations as models } from './models/index.js';
import { operations as resources } from './resources/index.js';
import { operations as stages } from './stages/index.js';
import { operations as usage } from './usage/index.js';

/** The simulated operations of API Gateway V1: REST APIs and V1 VPC links. */
export const operations: readonly AnyOperation[] = [
  ...apis,
  ...resources,
  ...methods,
  ...deployments,
  ...stages,
  ...links,
  ...account,
  ...authorizers,
  ...models,
  ...domains,
  ...usage,
  ...imports,
  ...exports,
];
