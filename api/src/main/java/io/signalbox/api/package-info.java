/** What users see: the OpenAPI document and the problem types. */
@NullMarked
package io.signalbox.api;

import org.jspecify.annotations.NullMarked;
