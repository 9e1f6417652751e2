package dev.rapport.query.seal;

import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.NodeId;
import dev.rapport.events.seal.Nodes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes of the tree out of the stored tiles, which hold all that anybody asks for unless somebody was at them. */
record TiledNodes(SealTable table) implements Nodes {

    @Override
    public Map<NodeId, Hash> read(Set<NodeId> ids) {
        Map<Tile.Id, Tile> tiles = table.tiles(ids.stream().map(Tile.Id::of).collect(Collectors.toSet()));
        Map<NodeId, Hash> hashes = new HashMap<>();
        for (NodeId id : ids) {
            hashes.put(
                    id,
                    Optional.ofNullable(tiles.get(Tile.Id.of(id)))
                            .flatMap(tile -> tile.node(id))
                            .orElseThrow(() -> new ContradictedSeal(
                                    "the seal has lost its node " + id.index() + " on level " + id.level())));
        }
        return hashes;
    }
}
