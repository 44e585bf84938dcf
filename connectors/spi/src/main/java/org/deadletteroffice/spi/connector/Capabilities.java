package org.deadletteroffice.spi.connector;

import org.deadletteroffice.spi.transfer.Guarantee;

/// What one queue on this broker really allows. The contract tests check every claim in both
/// directions.
///
/// @param pageBackwards [Browse.Direction#OLDER] works
/// @param seekByTime [org.deadletteroffice.spi.message.Cursor.At] works
/// @param seekById a message is fetched by id without reading others
/// @param removeOne [BrokerConnection#remove] works
/// @param keepsMessages sending a message on does not take it away (a log): the engine marks it
///     resolved instead
/// @param purge [BrokerConnection#purge] works
/// @param moveOnServer [BrokerConnection#serverSideMover] is there for this queue
/// @param ordered messages of one key keep their order
/// @param guarantee the best a transfer within this broker gives
/// @param observerEffect what looking costs
public record Capabilities(
        boolean pageBackwards,
        boolean seekByTime,
        boolean seekById,
        boolean removeOne,
        boolean keepsMessages,
        boolean purge,
        boolean moveOnServer,
        boolean ordered,
        Guarantee guarantee,
        ObserverEffect observerEffect) {}
