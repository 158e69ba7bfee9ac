import { createContext } from '@postern/core/internal/library';
import { aws } from '../../src/index.js';
import { describeProxiedCalls } from '../../../testing/test/adapters/proxied-calls.js';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

describeProxiedCalls('AWS', /^\d{12}$/, (endpoint) =>
  aws({ region: 'eu-west-1', credentials, endpoint }).identity(createContext()),
);
