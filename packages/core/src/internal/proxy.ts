export * from '../node/environment-proxy-agent.js';
