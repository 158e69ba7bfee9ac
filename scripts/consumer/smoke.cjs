'use strict';
require('./smoke-body.cjs')(require('@postern/core'), require('@postern/aws'), require('@postern/testing')).catch(
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
