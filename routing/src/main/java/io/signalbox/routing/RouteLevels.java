package io.signalbox.routing;

/**
 * What a route is told by itself and by all that it stands in, beside its action.
 *
 * @param reader reads what the arms of the route tell filters
 */
record RouteLevels(HeaderLevels headers, FilterConfigs filters, FilterConfigs.Reader reader) {}
